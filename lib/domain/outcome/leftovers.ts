import { outcomeOf } from '../run-rules'
import { isRunOver, type NodeState, type RunState } from '../progress/state'

/** Nodes that a run that is over left in a state somebody has to look at, with the next step. */
export type Leftover = { id: 'half-drained' | 'cordoned' | 'alive'; sentence: string; remedy: string; nodeNames: string[] }

type Rule = Omit<Leftover, 'nodeNames'> & { holds: (node: NodeState, terminates: boolean | null) => boolean }

const wasTried = ({ startedAtMs }: NodeState) => startedAtMs !== null

/** Each node is told once, by the first rule that holds. Without Kubernetes "cordoned" is a possibility, and said as one. */
const rules: readonly Rule[] = [
  {
    id: 'half-drained',
    sentence: 'These nodes were begun and not finished: some of their pods may have moved.',
    remedy: 'Look at their pods and free them with kubectl uncordon, or migrate them again.',
    holds: (node) => wasTried(node) && outcomeOf(node.status) === 'untouched',
  },
  {
    id: 'cordoned',
    sentence: 'These nodes failed or were skipped and may still be cordoned.',
    remedy: 'Find out with kubectl get nodes and free them with kubectl uncordon, or migrate them again.',
    holds: (node) => wasTried(node) && ['failed', 'skipped'].includes(outcomeOf(node.status)),
  },
  {
    id: 'alive',
    sentence: 'These nodes were moved and not terminated, so they go on costing money.',
    remedy: 'Delete them once nothing on them is needed.',
    holds: (node, terminates) => terminates === false && outcomeOf(node.status) === 'moved',
  },
]

/**
 * What a run left behind once it is over; nothing before that. `terminates` is the run's option
 * `shouldTerminateNodes`, null when it is not known.
 */
export const leftoversOf = (state: RunState, terminates: boolean | null): Leftover[] => {
  if (!isRunOver(state)) return []
  const found = new Map<Leftover['id'], string[]>()
  for (const node of state.nodes.values()) {
    const rule = rules.find(({ holds }) => holds(node, terminates))
    if (rule === undefined) continue
    const names = found.get(rule.id)
    if (names) names.push(node.nodeName)
    else found.set(rule.id, [node.nodeName])
  }
  return rules.flatMap(({ id, sentence, remedy }) => {
    const nodeNames = found.get(id)
    return nodeNames === undefined ? [] : [{ id, sentence, remedy, nodeNames }]
  })
}
