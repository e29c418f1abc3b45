import { shellQuoted } from '@/lib/format/quoting'
import { inNumber } from '@/lib/format/plural'
import { outcomeOf } from '../run-rules'
import { isListRead, nodesAtEnd } from '../progress/landing'
import { isRunOver, type NodeState, type RunState } from '../progress/state'

export type LeftoverId = 'half-drained' | 'cordoned' | 'empty' | 'alive'

/** A node that is left over. Null is "not read": Kubernetes was not there to say it. */
export type LeftNode = { nodeName: string; poolName: string; isCordoned: boolean | null; pods: number | null }

/** Nodes that a run that is over left in a state somebody has to look at, with the next step and its commands. */
export type Leftover = { id: LeftoverId; sentence: string; remedy: string; nodes: LeftNode[]; commands: string[] }

const names = (nodes: readonly LeftNode[]): string => nodes.map(({ nodeName }) => shellQuoted(nodeName)).join(' ')

const uncordon = (nodes: readonly LeftNode[]): string[] => [`kubectl uncordon ${names(nodes)}`]
const drain = (nodes: readonly LeftNode[]): string[] => [`kubectl drain --ignore-daemonsets --delete-emptydir-data ${names(nodes)}`]

/** One command for a pool (Azure CLI, az aks nodepool delete-machines). The cluster's place in Azure is a variable of the shell. */
const terminate = (nodes: readonly LeftNode[]): string[] =>
  [...new Set(nodes.map(({ poolName }) => poolName))].map((pool) => {
    const machines = names(nodes.filter(({ poolName }) => poolName === pool))
    return `az aks nodepool delete-machines --resource-group "$RESOURCE_GROUP" --cluster-name "$AKS_NAME" --nodepool-name ${shellQuoted(pool)} --machine-names ${machines}`
  })

type Found = { node: NodeState; left: LeftNode; isListed: boolean | null; terminates: boolean | null }
type Rule = Omit<Leftover, 'nodes' | 'commands'> & { holds: (found: Found) => boolean; commands: (nodes: readonly LeftNode[]) => string[] }

const isMoved = ({ status }: NodeState) => outcomeOf(status) === 'moved'
const wasTried = ({ startedAtMs }: NodeState) => startedAtMs !== null
const isStuck = (node: NodeState) => ['failed', 'skipped'].includes(outcomeOf(node.status))

/** Each node is told once, by the first rule that holds. Without Kubernetes "cordoned" is a possibility, and said as one. */
const rules: readonly Rule[] = [
  {
    id: 'alive',
    sentence: '[This node was|These nodes were] moved and not terminated, so [it goes|they go] on costing money.',
    remedy: 'Look once more that nothing on [it|them] is needed, then delete [it|them].',
    holds: ({ node, isListed, terminates }) => isMoved(node) && (isListed ?? terminates === false),
    commands: terminate,
  },
  {
    id: 'empty',
    sentence: '[This node is|These nodes are] cordoned and [has|have] no pods left but those of daemon sets, so [it costs|they cost] money for nothing.',
    remedy: 'Delete [it|them], or make [it|them] schedulable again.',
    holds: ({ node, left }) => !isMoved(node) && left.isCordoned === true && left.pods === 0,
    commands: (nodes) => [...terminate(nodes), ...uncordon(nodes)],
  },
  {
    id: 'half-drained',
    sentence: '[This node was|These nodes were] begun, and nothing says that [it was|they were] finished: some of [its|their] pods may have moved.',
    remedy: 'Make [it|them] schedulable again, drain [it|them] to the end, or migrate [it|them] again.',
    holds: ({ node, left }) => wasTried(node) && ['untouched', 'moving'].includes(outcomeOf(node.status)) && left.isCordoned !== false,
    commands: (nodes) => [...uncordon(nodes), ...drain(nodes)],
  },
  {
    id: 'cordoned',
    sentence: '[This node did not move and is|These nodes did not move and are] cordoned, so no new pods come to [it|them].',
    remedy: 'Make [it|them] schedulable again, or migrate [it|them] again.',
    holds: ({ node, left }) => left.isCordoned === true && !isMoved(node),
    commands: uncordon,
  },
  {
    id: 'cordoned',
    sentence: '[This node failed or was|These nodes failed or were] skipped and may still be cordoned.',
    remedy: 'Find out with kubectl get nodes and make [it|them] schedulable again, or migrate [it|them] again.',
    holds: ({ node, left }) => wasTried(node) && isStuck(node) && left.isCordoned === null,
    commands: (nodes) => [`kubectl get nodes ${names(nodes)}`, ...uncordon(nodes)],
  },
]

/** What is known of each node of the run that may still be there. */
const findings = ({ nodes, landing }: RunState, terminates: boolean | null): Found[] => {
  const last = landing.looks.at(-1)
  const kube = nodesAtEnd(landing)
  const isRead = isListRead(landing) && last?.isLast === true && last.problem === null
  return [...nodes.values()].flatMap((node) => {
    const { nodeName, poolName } = node
    if (landing.goneOld.has(nodeName)) return []
    const seen = kube.get(nodeName)
    const isListed = isRead ? !landing.neverListed.has(nodeName) : null
    return [{ node, left: { nodeName, poolName, isCordoned: seen?.isCordoned ?? null, pods: seen?.pods ?? null }, isListed, terminates }]
  })
}

/**
 * What a run left behind once it is over; nothing before that. `terminates` is the run's option
 * `shouldTerminateNodes`, null when it is not known. All of it is as the last look at the cluster saw it.
 */
export const leftoversOf = (state: RunState, terminates: boolean | null): Leftover[] => {
  if (!isRunOver(state)) return []
  const found = new Map<Rule, LeftNode[]>()
  for (const finding of findings(state, terminates)) {
    const rule = rules.find(({ holds }) => holds(finding))
    if (rule !== undefined) found.set(rule, [...(found.get(rule) ?? []), finding.left])
  }
  return rules.flatMap((rule) => {
    const nodes = found.get(rule)
    const { id, sentence, remedy, commands } = rule
    return nodes === undefined ? [] : [{ id, sentence: inNumber(nodes.length, sentence), remedy: inNumber(nodes.length, remedy), nodes, commands: commands(nodes) }]
  })
}
