import 'server-only'
import type { RunOptions } from '@/lib/contract/run'
import { findLaunchByMark, type LaunchRow } from '@/lib/db/queries/launches'
import { ensureRun, findRun, type RunRow } from '@/lib/db/queries/runs'
import { readMark } from '@/lib/domain/launch-mark'
import { isOnNow, startOf } from '@/lib/domain/progress/reading'
import { countOutcomes } from '@/lib/domain/progress/state'
import type { Migration } from '@/lib/spot/schemas/migration'
import type { Context } from './context'

/** The options of a run that was started elsewhere, as far as the API gives them back. */
export const optionsOf = ({ batchSizePercentage, batchMinHealthyPercentage, respectPdb, respectRestrictScaleDown, shouldTerminateNodes, shouldEvictStandalonePods }: Migration): RunOptions => ({
  batchSizePercentage,
  batchMinHealthyPercentage,
  respectPdb,
  respectRestrictScaleDown,
  shouldTerminateNodes,
  shouldEvictStandalonePods,
})

const toDate = (ms: number | null) => (ms === null ? null : new Date(ms))

/** The launch of ours whose mark the run bears: it was given up as not found, or is still being looked for. */
export const launchOf = async ({ db, session: { accountId } }: Context, clusterId: string, { id, comment }: Migration): Promise<LaunchRow | null> => {
  const mark = readMark(comment)
  const launch = mark === null ? null : await findLaunchByMark(db, { accountId, clusterId, mark })
  // A comment may have been copied with its mark: the launch has a run of its own then.
  return launch?.migrationId === null || launch?.migrationId === id ? launch : null
}

const ensureFromElsewhere = (ctx: Context, clusterId: string, migration: Migration): Promise<RunRow> => {
  const { accountId, organizationId } = ctx.session
  return ensureRun(ctx.db, {
    accountId,
    organizationId,
    clusterId,
    migrationId: migration.id,
    launchId: null,
    startedBy: null,
    source: 'elsewhere',
    comment: migration.comment ?? '',
    options: optionsOf(migration),
    status: migration.status,
    currentBatch: migration.currentBatch,
    numOfBatches: migration.numOfBatches,
    counts: countOutcomes(migration.oldNodes, !isOnNow(migration)),
    startedAt: toDate(startOf(migration)),
    isKept: false,
    sealedToken: null,
    createdAt: new Date(ctx.now()),
  })
}

/**
 * Records a run that nobody here has seen before from this reading on, as long as someone looks: nobody has
 * agreed to more. One that bears the mark of a launch belongs to it; any other was started elsewhere.
 */
export const adoptUnseen = async (ctx: Context, clusterId: string, migration: Migration): Promise<RunRow> => {
  const launch = await launchOf(ctx, clusterId, migration)
  if (launch !== null) await ctx.live.launcher.found(launch, migration.id)
  const row = await ensureFromElsewhere(ctx, clusterId, migration)
  await ctx.live.adopt(row, ctx.token, migration)
  return row
}

/**
 * Opens a record that is over again where Spot, asked now, has the run as on: its end was none. The record as it is
 * then, and null where the end stands. Whatever said that it is on may be older than the end.
 */
export const reopenIfOn = async (ctx: Context, row: RunRow): Promise<RunRow | null> => {
  const { clusterId, migrationId } = row
  const { data } = await ctx.spot.getMigration(clusterId, migrationId, { fresh: true })
  if (!isOnNow(data)) return null
  await ctx.live.reopen(row, ctx.token, data)
  ctx.log.info({ runId: row.id, migrationId }, 'a run that was over is on again')
  return findRun(ctx.db, row)
}

/** The recorded run, or null. One that is open and that nobody records is taken up again where that is agreed. */
export const openRecorded = async (ctx: Context, clusterId: string, migrationId: string): Promise<RunRow | null> => {
  const row = await findRun(ctx.db, { accountId: ctx.session.accountId, clusterId, migrationId })
  if (row === null) return null
  await ctx.live.adopt(row, ctx.token).catch(() => ctx.log.warn({ runId: row.id }, 'a run could not be taken up'))
  return row
}
