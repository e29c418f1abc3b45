import 'server-only'
import type { RunRecord } from '@/lib/contract/run'
import type { RunChange } from '@/lib/domain/progress/change'
import { diffMigration } from '@/lib/domain/progress/diff'
import { emptyRun } from '@/lib/domain/progress/state'
import type { Migration } from '@/lib/spot/schemas/migration'
import { requireCluster } from './cluster-access'
import type { Verb } from './context'
import { adoptElsewhere, isOnNow, openRecorded, optionsOf } from './recorded-run'
import { endOf, summaryOfMigration } from './run-view'

/** A run that ended unrecorded: one reading, told as changes at the moment it ended. */
const recordOfApi = (clusterId: string, migration: Migration, nowMs: number, fetchedAtMs: number): RunRecord => {
  const { counts: _counts, ...run } = summaryOfMigration(clusterId, migration)
  const atMs = endOf(migration) ?? fetchedAtMs
  const changes = diffMigration(emptyRun, migration).map((change, index) => ({ ...change, seq: index + 1, atMs }) as RunChange)
  return {
    run,
    options: optionsOf(migration),
    changes,
    seq: changes.length,
    freshness: { state: 'ended', lastPolledAtMs: fetchedAtMs, nextPollAtMs: null, problem: null },
    serverNowMs: nowMs,
  }
}

/**
 * One run with its whole record. A run that Slipway has not seen yet is read from the API, and recorded from
 * here on while it is on. Throws `not_found` for what the account does not have.
 */
export const getRun: Verb<{ clusterId: string; migrationId: string }, RunRecord> = async ({ ctx, input: { clusterId, migrationId } }) => {
  await requireCluster(ctx, clusterId)
  const recorded = await openRecorded(ctx, clusterId, migrationId)
  if (recorded !== null) return ctx.live.record(recorded)
  const { data, fetchedAtMs } = await ctx.spot.getMigration(clusterId, migrationId)
  if (!isOnNow(data)) return recordOfApi(clusterId, data, ctx.now(), fetchedAtMs)
  return ctx.live.record(await adoptElsewhere(ctx, clusterId, data))
}
