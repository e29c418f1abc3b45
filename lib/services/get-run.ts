import 'server-only'
import type { RunRecord } from '@/lib/contract/run'
import type { NewRunChange, RunChange } from '@/lib/domain/progress/change'
import { diffMigration } from '@/lib/domain/progress/diff'
import { endOf, isOnNow, startOf } from '@/lib/domain/progress/reading'
import { emptyRun, foldRun, type RunState } from '@/lib/domain/progress/state'
import { createRunLog } from '@/lib/live/run-log'
import { SpotError } from '@/lib/spot/errors'
import type { Migration } from '@/lib/spot/schemas/migration'
import { requireCluster } from './cluster-access'
import type { Context, Verb } from './context'
import { adoptUnseen, openRecorded, optionsOf } from './recorded-run'
import { summaryOfMigration } from './run-view'

/** What the cluster's log still says of a run that ended: why it failed, if it did. A log that cannot be read costs its lines. */
const linesOf = async ({ spot, signal }: Context, clusterId: string, migration: Migration, nodes: RunState['nodes']): Promise<NewRunChange[]> => {
  const [startMs, endMs] = [startOf(migration), endOf(migration)]
  if (startMs === null || endMs === null) return []
  try {
    return await createRunLog(spot, { clusterId, migrationId: migration.id, startedAtMs: () => startMs, endedAtMs: () => endMs }, [])(nodes, endMs, signal)
  } catch (error) {
    if (error instanceof SpotError) return []
    throw error
  }
}

/** A run that ended unrecorded: one reading, told as changes at the moment it ended. */
const recordOfApi = async (ctx: Context, clusterId: string, migration: Migration, fetchedAtMs: number): Promise<RunRecord> => {
  const { counts: _counts, ...run } = summaryOfMigration(clusterId, migration)
  const atMs = endOf(migration) ?? fetchedAtMs
  const stamped = (told: readonly NewRunChange[]) => told.map((change, index) => ({ ...change, seq: index + 1, atMs }) as RunChange)
  const first = diffMigration(emptyRun, migration)
  // Nobody will read it again: what it says of the end is said for good.
  const seen = [...first, ...diffMigration(foldRun(stamped(first)), migration)]
  const changes = stamped([...seen, ...(await linesOf(ctx, clusterId, migration, foldRun(stamped(seen)).nodes))])
  return {
    run,
    options: optionsOf(migration),
    changes,
    seq: changes.length,
    freshness: { state: 'ended', lastPolledAtMs: fetchedAtMs, nextPollAtMs: null, problem: null },
    serverNowMs: ctx.now(),
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
  if (!isOnNow(data)) return recordOfApi(ctx, clusterId, data, fetchedAtMs)
  return ctx.live.record(await adoptUnseen(ctx, clusterId, data))
}
