import { heldRemedy, nodeRemedy, noEndRemedy, vanishedRemedy } from '@/lib/domain/outcome/headline'
import { isHeldByPods } from '@/lib/domain/outcome/held'
import { saidOf } from '@/lib/domain/outcome/said'
import { hasVanished } from '@/lib/domain/outcome/vanished'
import { nodesAtEnd } from '@/lib/domain/progress/landing'
import { podsLeftOn } from '@/lib/domain/progress/pods-left'
import { isRunOver, type NodeState, type RunState } from '@/lib/domain/progress/state'
import { spanOf, tookOf } from '@/lib/domain/progress/took'
import { hasNoEnd, outcomeOf, outcomeWithin, type Outcome } from '@/lib/domain/run-rules'
import { formatDurationRange } from '@/lib/format/duration'

export type RunNode = NodeState & { outcome: Outcome; why: ReturnType<typeof nodeRemedy>; isVanished: boolean; hasNoEnd: boolean; isHeldByPods: boolean; podsLeft: number | null; isCordoned: boolean | null; said: string | null }

const whyOf = ({ status }: NodeState, fate: Pick<RunNode, 'isVanished' | 'hasNoEnd' | 'isHeldByPods'>): RunNode['why'] => {
  if (fate.isVanished) return vanishedRemedy(1)
  if (fate.hasNoEnd) return noEndRemedy(1)
  return fate.isHeldByPods ? heldRemedy(1) : nodeRemedy(status, 1)
}

/** The nodes with what became of each. One that vanished stands with those that failed, whatever Spot's status says. */
export const runNodes = (state: RunState): RunNode[] => {
  const isOver = isRunOver(state)
  const atEnd = nodesAtEnd(state.landing)
  const nodes = [...state.nodes.values()].map((node) => {
    const isVanished = hasVanished(node, state)
    const fate = { isVanished, hasNoEnd: !isVanished && hasNoEnd(node.status, isOver), isHeldByPods: !isVanished && isHeldByPods(node, state) }
    return { ...node, ...fate, outcome: isVanished ? ('failed' as const) : outcomeWithin(node.status, isOver), why: whyOf(node, fate), podsLeft: podsLeftOn(node, state), isCordoned: atEnd.get(node.nodeName)?.isCordoned ?? null }
  })
  // Of a node that is gone, or of unknown end, the log tells no more than its status.
  const told = nodes.filter((node) => needsPerson(node) && !node.isVanished && !node.hasNoEnd)
  const said = saidOf(state.log, new Set(told.map(({ nodeName }) => nodeName)))
  return nodes.map((node) => ({ ...node, said: said.get(node.nodeName) ?? null }))
}

/** Whether the run began the node; null where it was settled, or in a state that nobody knows, without having been seen before, and where its end is not known. */
export const wasBegun = ({ batch, status, startedAtMs, wasSettledAtFirst, hasNoEnd: isEndUnknown }: RunNode): boolean | null => {
  if (batch !== null || startedAtMs !== null) return true
  return wasSettledAtFirst || isEndUnknown || outcomeOf(status) === 'unknown' ? null : false
}

/** The batch of a node, and of one that has none why. */
export const batchText = (node: RunNode): string => {
  const begun = wasBegun(node)
  if (node.batch !== null) return String(node.batch)
  if (begun === null && node.hasNoEnd) return 'not known'
  return begun === false ? 'not begun' : 'not seen'
}

/** How long a node took, as far as that is known, at the longest; null where nothing of it was seen. */
export const tookMs = (node: NodeState): number | null => {
  const took = tookOf(spanOf(node))
  return took === null ? null : (took.mostMs ?? took.leastMs)
}

/** How long a node took, as surely as that is known: where an end of it fell into a gap of the record, a range. */
export const tookText = (node: NodeState): string => {
  const took = tookOf(spanOf(node))
  return took === null ? '–' : formatDurationRange(took.leastMs, took.mostMs)
}

/** True for a node that will not move without a person: skipped, failed, or in a state nobody knows. */
export const needsPerson = ({ outcome, isHeldByPods: isHeld }: Pick<RunNode, 'outcome' | 'isHeldByPods'>): boolean => isHeld || outcome === 'skipped' || outcome === 'failed' || outcome === 'unknown'

// What needs a person first, then what happens now, then what is settled, then what waits.
const order: Record<Outcome, number> = { failed: 0, skipped: 1, unknown: 2, moving: 3, moved: 4, untouched: 5, toGo: 6 }

/** How far up a status stands when the table is sorted by it. */
export const outcomeRank = (outcome: Outcome): number => order[outcome]

type Filter = { search: string; attention: boolean }

/** Nodes that pass. All words of the search are required, in node, pool, group or pod names. */
export const filterRunNodes = (nodes: readonly RunNode[], { search, attention }: Filter): RunNode[] => {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '')
  return nodes.filter((node) => {
    if (attention && !needsPerson(node)) return false
    if (words.length === 0) return true
    const text = [node.nodeName, node.poolName, node.vngName, node.vngId, ...node.podNames].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

const isSame = (before: NodeState | undefined, now: NodeState) => before?.status === now.status && before.runningPods === now.runningPods

/** Names of nodes that differ from the picture before; none when there was none. A record read anew changes nothing by itself. */
export const changedNodes = (before: RunState['nodes'], now: RunState['nodes']): ReadonlySet<string> => {
  if (before === now || before.size === 0) return new Set()
  const changed = new Set<string>()
  for (const [name, node] of now) if (!isSame(before.get(name), node)) changed.add(name)
  return changed
}

export type RunPod = { id: string; podName: string; node: RunNode }

/** Named pods that are left on the old nodes. */
export const runPods = (nodes: readonly RunNode[]): RunPod[] =>
  nodes.flatMap((node) => (node.podsLeft === 0 ? [] : node.podNames).map((podName, index) => ({ id: `${node.nodeName}/${podName}/${index}`, podName, node })))

/** Pods that are counted as left on a node and not named. */
export const unnamedPods = (nodes: readonly RunNode[]): number =>
  nodes.reduce((sum, { podsLeft, podNames }) => sum + Math.max(0, (podsLeft ?? 0) - podNames.length), 0)
