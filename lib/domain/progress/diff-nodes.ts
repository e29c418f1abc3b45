import type { Migration, OldNode } from '@/lib/spot/schemas/migration'
import { counted } from '@/lib/format/plural'
import { isFinalNode, nodeLabel, outcomeOf, type Outcome } from '../run-rules'
import type { NewRunChange, NodeFacts, StepsFacts } from './change'
import { anomaly, uniqueBy } from './diff-support'
import type { NodeState, RunState } from './state'

/** A reading, and the batch that was current in the one before it; null when that was not told. */
type Reading = { migration: Migration; batchBefore: number | null }

/**
 * The batch of a node is not in the API. A node that is moving belongs to the batch that is current. One that
 * was settled since it was last told does so only when no other batch can have been on in between; otherwise
 * its batch is not known. A node that was never tried has none.
 */
const batchOf = (node: OldNode, before: NodeState | undefined, { migration: { currentBatch }, batchBefore }: Reading): number | null => {
  if (before?.batch != null) return before.batch
  const outcome = outcomeOf(node.status)
  if (outcome === 'moving') return currentBatch
  if (outcome === 'toGo' || outcome === 'untouched' || outcome === 'unknown') return null
  const wasOpen = before !== undefined && !isFinalNode(before.status)
  return currentBatch === 1 || (wasOpen && currentBatch === batchBefore) ? currentBatch : null
}

const nodeFactsOf = (node: OldNode, before: NodeState | undefined, reading: Reading): NodeFacts => ({
  nodeName: node.nodeName,
  poolName: node.nodePoolName,
  vngId: node.vngId,
  vngName: node.vngName,
  status: node.status,
  runningPods: node.runningPods,
  podNames: node.podDetails.map(({ podName }) => podName),
  batch: batchOf(node, before, reading),
})

const sameTexts = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((text, index) => text === b[index])

const isSameNode = (before: NodeState, next: NodeFacts): boolean =>
  before.status === next.status &&
  before.runningPods === next.runningPods &&
  before.vngId === next.vngId &&
  before.vngName === next.vngName &&
  before.batch === next.batch &&
  before.poolName === next.poolName &&
  sameTexts(before.podNames, next.podNames)

const ranks: Partial<Record<Outcome, number>> = { toGo: 0, moving: 1, moved: 2, skipped: 2, failed: 2, untouched: 2 }

/** A node only goes forward: waiting, moving, final, and one outcome is not exchanged for another. A status outside the list takes the place of any that is not final. */
const isStepBack = (before: string, next: string): boolean => {
  if (isFinalNode(before)) return nodeLabel(before) !== nodeLabel(next)
  const [from, to] = [ranks[outcomeOf(before)], ranks[outcomeOf(next)]]
  return to !== undefined && from !== undefined && to < from
}

const backwards = (before: NodeState, node: OldNode): NewRunChange =>
  anomaly(`Spot called ${node.nodeName} ${nodeLabel(node.status)} after it had been ${nodeLabel(before.status)}. The record keeps the earlier answer.`)

/** Places of names in `before` that are not in `next`; null when something else changed: a name that is new, or another order. */
const goneFrom = (before: readonly string[], next: readonly string[]): number[] | null => {
  const gone: number[] = []
  let found = 0
  for (const [place, name] of before.entries()) {
    if (next[found] === name) found += 1
    else gone.push(place)
  }
  return found === next.length ? gone : null
}

/** Names are told once: what is told later of a node is which of them have left. */
const shortened = (before: NodeState, next: NodeFacts): NodeFacts => {
  const gone = before.podNames.length === 0 ? null : goneFrom(before.podNames, next.podNames)
  return gone === null ? next : { ...next, podNames: [], gone }
}

type Step = StepsFacts['steps'][number]

/** That pods have left, and nothing else; null when there is more to tell. */
const stepOf = (at: number, before: NodeState, next: NodeFacts): Step | null => {
  const gone = goneFrom(before.podNames, next.podNames)
  return gone !== null && isSameNode({ ...before, runningPods: next.runningPods, podNames: next.podNames }, next) ? [at, next.runningPods ?? -1, ...gone] : null
}

/** What is new of the nodes. `isOldNews`: the reading as a whole is from the past, which is noted once and not for every node. */
export const nodeChanges = (before: RunState, migration: Migration, isOldNews: boolean): NewRunChange[] => {
  const changes: NewRunChange[] = []
  const steps: Step[] = []
  const places = new Map([...before.nodes.keys()].map((name, place) => [name, place]))
  const tell = (known: NodeState, next: NodeFacts) => {
    const step = stepOf(places.get(known.nodeName) ?? 0, known, next)
    if (step === null) changes.push({ kind: 'node', body: shortened(known, next) })
    else steps.push(step)
  }
  const reading = { migration, batchBefore: before.facts?.currentBatch ?? null }
  for (const node of uniqueBy(migration.oldNodes, ({ nodeName }) => nodeName)) {
    const known = before.nodes.get(node.nodeName)
    const next = nodeFactsOf(node, known, reading)
    if (known === undefined) changes.push({ kind: 'node', body: next })
    else if (isStepBack(known.status, node.status)) changes.push(...(isOldNews ? [] : [backwards(known, node)]))
    else if (!isSameNode(known, next) && !(isOldNews && known.status === next.status)) tell(known, next)
  }
  // Before the nodes that are new: a place is counted among those known before.
  return steps.length === 0 ? changes : [{ kind: 'steps', body: { steps } }, ...changes]
}

const mostNamed = 20
const leftOut = 'Spot left out nodes of the run: '

/** Nodes that a list which is not empty leaves out; each is told once. */
export const missingNodes = (before: RunState, { oldNodes }: Migration): NewRunChange[] => {
  const listed = new Set(oldNodes.map(({ nodeName }) => nodeName))
  const missing = [...before.nodes.keys()].filter((name) => !listed.has(name))
  if (missing.length === 0) return []
  const told = new Set(before.anomalies.flatMap(({ sentence }) => (sentence.startsWith(leftOut) ? sentence.slice(leftOut.length).split(/[., ]*[, ]/) : [])))
  const fresh = missing.filter((name) => !told.has(name)).slice(0, Math.max(0, mostNamed - told.size))
  return fresh.length === 0 ? [] : [anomaly(`${leftOut}${fresh.join(', ')}${fresh.length < missing.length ? `, ${counted(missing.length, 'node')} in all` : ''}. The record keeps them.`)]
}
