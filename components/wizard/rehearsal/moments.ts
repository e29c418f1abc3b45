import { nodeStatuses, outcomeOf } from '@/lib/domain/run-rules'
import type { OutcomeCounts } from '@/lib/domain/outcome/counts'
import type { RehearsedRun } from '@/lib/rehearsal/run-once'

/** A batch of a rehearsed run on the axis of its time. */
export type RehearsedBatch = { batch: number; nodes: number[]; fromMs: number; untilMs: number }

/** What stands at a moment of a rehearsed run. `batches`: counts of each batch, in order. */
export type Moment = { counts: OutcomeCounts; batches: OutcomeCounts[]; pendingPods: number; newNodes: number }

const moving = nodeStatuses.indexOf('IN_PROGRESS')

const emptyCounts = (): OutcomeCounts => ({ total: 0, moved: 0, moving: 0, toGo: 0, skipped: 0, failed: 0, untouched: 0, unknown: 0 })

/** The batch in which each node began: the last that had started by then. Nodes that never began are in none. */
const batchOfNodes = ({ changes, batchStarts }: RehearsedRun): Map<number, number> => {
  const found = new Map<number, number>()
  for (const [tMs, index, status] of changes) {
    if (status !== moving || found.has(index)) continue
    found.set(index, Math.max(0, batchStarts.findLastIndex((startMs) => startMs <= tMs)))
  }
  return found
}

/** The batches that began. A batch ends with the last change of one of its nodes. */
export const rehearsedBatches = (run: RehearsedRun): RehearsedBatch[] => {
  const batches = run.batchStarts.map((fromMs, index): RehearsedBatch => ({ batch: index + 1, nodes: [], fromMs, untilMs: fromMs }))
  const batchOf = batchOfNodes(run)
  for (const [index, batch] of batchOf) batches[batch]?.nodes.push(index)
  for (const [tMs, index] of run.changes) {
    const batch = batches[batchOf.get(index) ?? -1]
    if (batch !== undefined) batch.untilMs = Math.max(batch.untilMs, tMs)
  }
  return batches
}

const countIn = (statuses: readonly string[], nodes: Iterable<number>): OutcomeCounts => {
  const counts = emptyCounts()
  for (const index of nodes) {
    counts.total += 1
    counts[outcomeOf(statuses[index] ?? 'TO_BE_REPLACED')] += 1
  }
  return counts
}

/** The picture of the run at `atMs` since the launch. Linear in its changes. */
export const momentAt = (run: RehearsedRun, batches: readonly RehearsedBatch[], atMs: number): Moment => {
  const statuses = run.outcomes.map((): string => 'TO_BE_REPLACED')
  for (const [tMs, index, status] of run.changes) if (tMs <= atMs) statuses[index] = nodeStatuses[status] ?? 'TO_BE_REPLACED'
  const [, pendingPods = 0, newNodes = 0] = run.levels.findLast(([tMs]) => tMs <= atMs) ?? []
  return { counts: countIn(statuses, statuses.keys()), batches: batches.map(({ nodes }) => countIn(statuses, nodes)), pendingPods, newNodes }
}
