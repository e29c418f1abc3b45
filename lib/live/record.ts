import 'server-only'
import type { Freshness, RunRecord, RunSummary } from '@/lib/contract/run'
import type { RunRow } from '@/lib/db/queries/runs'
import { withoutMark } from '@/lib/domain/launch-mark'
import type { RunChange } from '@/lib/domain/progress/change'
import { deletedStatus } from '@/lib/domain/run-rules'

/** A recorded run as lists and heads show it. */
export const summaryOfRow = (row: RunRow): RunSummary => ({
  migrationId: row.migrationId,
  clusterId: row.clusterId,
  status: row.status,
  comment: withoutMark(row.comment),
  ...(row.options.nodePoolNames === undefined ? {} : { nodePoolNames: row.options.nodePoolNames }),
  startedBy: row.startedBy,
  source: row.source,
  startedAtMs: row.startedAt?.getTime() ?? null,
  // The row of a run that Spot no longer knew is closed by the answer that said so, which tells no end.
  endedAtMs: row.status === deletedStatus ? null : (row.endedAt?.getTime() ?? null),
  currentBatch: row.currentBatch,
  numOfBatches: row.numOfBatches,
  counts: row.counts,
})

/** The whole record of a run. `seq` is that of the last change given. */
export const recordOf = (row: RunRow, changes: RunChange[], freshness: Freshness, serverNowMs: number): RunRecord => {
  const { counts: _counts, ...run } = summaryOfRow(row)
  const { nodePoolNames: _pools, ...options } = row.options
  const rehearsed = row.rehearsed === null ? {} : { rehearsed: row.rehearsed }
  return { run, options, ...rehearsed, changes, seq: changes.at(-1)?.seq ?? 0, freshness, serverNowMs }
}
