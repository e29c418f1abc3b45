import type { Migration, OldNode, ScaleNodePool } from '@/lib/spot/schemas/migration'
import { isFinalNode, isFinalRun, nodeLabel, outcomeOf } from '../run-rules'
import type { CapacityFacts, NewRunChange, NodeFacts, RunFacts } from './change'
import type { NodeState, RunState } from './state'

const toMs = (text: string | null): number | null => {
  const ms = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}

const factsOf = (migration: Migration): RunFacts => ({
  status: migration.status,
  currentBatch: migration.currentBatch,
  numOfBatches: migration.numOfBatches,
  progressPercentage: migration.progressPercentage,
  erredAtMs: toMs(migration.erredAt),
  stoppedAtMs: toMs(migration.stoppedAt),
  completedAtMs: toMs(migration.completedAt),
})

/**
 * The batch of a node is not in the API. It is the batch that was current when the node was first seen
 * out of `TO_BE_REPLACED`; a node that was never tried has none.
 */
const batchOf = (node: OldNode, before: NodeState | undefined, migration: Migration): number | null => {
  if (before?.batch != null) return before.batch
  const outcome = outcomeOf(node.status)
  return outcome === 'toGo' || outcome === 'untouched' || outcome === 'unknown' ? null : migration.currentBatch
}

const nodeFactsOf = (node: OldNode, before: NodeState | undefined, migration: Migration): NodeFacts => ({
  nodeName: node.nodeName,
  poolName: node.nodePoolName,
  vngId: node.vngId,
  vngName: node.vngName,
  status: node.status,
  runningPods: node.runningPods,
  podNames: node.podDetails.map(({ podName }) => podName),
  batch: batchOf(node, before, migration),
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

const isSame = <Facts extends object>(before: Facts | null | undefined, next: Facts): boolean =>
  before != null && (Object.keys(next) as (keyof Facts)[]).every((key) => before[key] === next[key])

const capacityOf = (row: ScaleNodePool): CapacityFacts => ({
  poolName: row.nodePoolName,
  vngId: row.vngId,
  vngName: row.vngName,
  newNodes: row.newNodes,
  status: row.status,
})

const anomaly = (sentence: string): NewRunChange => ({ kind: 'anomaly', body: { sentence } })

const runChanges = (before: RunState, next: RunFacts): NewRunChange[] => {
  const { facts } = before
  if (isSame(facts, next)) return []
  if (facts === null) return [{ kind: 'run', body: next }]
  if (isFinalRun(facts.status) && !isFinalRun(next.status))
    return [anomaly(`Spot called the run ${next.status} after it had ended as ${facts.status}. The record keeps the end.`)]
  if ((next.currentBatch ?? 0) < (facts.currentBatch ?? 0))
    return [anomaly(`Spot went back from batch ${facts.currentBatch} to batch ${next.currentBatch}. The record keeps the later one.`)]
  return [{ kind: 'run', body: next }]
}

const nodeChanges = (before: RunState, migration: Migration): NewRunChange[] => {
  const changes: NewRunChange[] = []
  for (const node of migration.oldNodes) {
    const known = before.nodes.get(node.nodeName)
    const next = nodeFactsOf(node, known, migration)
    if (known === undefined) changes.push({ kind: 'node', body: next })
    else if (isFinalNode(known.status) && !isFinalNode(node.status)) changes.push(anomaly(`Spot called ${node.nodeName} ${nodeLabel(node.status)} after it had been ${nodeLabel(known.status)}. The record keeps the earlier answer.`))
    else if (!isSameNode(known, next)) changes.push({ kind: 'node', body: next })
  }
  return changes
}

/**
 * What a reading of the run adds to what is known. An upstream that goes back in time (a final node moving
 * again, an earlier batch, an ended run in progress, an empty node list) is noted as an anomaly and not
 * believed.
 */
export const diffMigration = (before: RunState, migration: Migration): NewRunChange[] => {
  if (before.nodes.size > 0 && migration.oldNodes.length === 0)
    return notedOnce(before, [anomaly('Spot listed no nodes for a run that had some. The record keeps them.'), ...runChanges(before, factsOf(migration))])
  const capacity = migration.scaleNodePools
    .map(capacityOf)
    .filter((row) => !isSame(before.capacity.get(row.poolName), row))
    .map((body): NewRunChange => ({ kind: 'capacity', body }))
  return notedOnce(before, [...runChanges(before, factsOf(migration)), ...nodeChanges(before, migration), ...capacity])
}

/** The same contradiction is noted once, however many readings repeat it. */
const notedOnce = (before: RunState, changes: NewRunChange[]): NewRunChange[] => {
  const known = new Set(before.anomalies.map(({ sentence }) => sentence))
  return changes.filter((change) => change.kind !== 'anomaly' || !known.has(change.body.sentence))
}
