import 'server-only'
import type { StopAnswer } from '@/lib/contract/run'
import type { RunRow } from '@/lib/db/queries/runs'
import { isOnNow } from '@/lib/domain/progress/reading'
import { can, endWords } from '@/lib/domain/run-rules'
import { AppError } from '@/lib/errors'
import { mayHaveTakenEffect, SpotError } from '@/lib/spot/errors'
import { requireCluster } from './cluster-access'
import type { Context, Verb } from './context'
import { openRecorded, reopenIfOn } from './recorded-run'

const readNow = async ({ spot }: Context, clusterId: string, migrationId: string) => {
  const { data } = await spot.getMigration(clusterId, migrationId, { fresh: true })
  return { status: data.status, isOver: !isOnNow(data) }
}

/** A record may have ended where the run did not: what can be stopped, Spot decides. One that Spot does not know is over. */
const openOrReopened = async (ctx: Context, clusterId: string, migrationId: string): Promise<RunRow | null> => {
  const run = await openRecorded(ctx, clusterId, migrationId)
  if (run === null || run.endedAt === null) return run
  try {
    return (await reopenIfOn(ctx, run)) ?? run
  } catch (error) {
    if (error instanceof SpotError && error.kind === 'not-found') return run
    throw error
  }
}

const ask = async ({ spot }: Context, clusterId: string, migrationId: string, onAsked: () => void) => {
  try {
    const { data } = await spot.stopMigration(clusterId, migrationId)
    onAsked()
    return data.status
  } catch (error) {
    // It may be stopping all the same: the record shows who asked, the next reading what came of it.
    if (error instanceof SpotError && mayHaveTakenEffect(error)) onAsked()
    throw error
  }
}

/**
 * Asks Spot to stop a run, notes who asked, and has the run read again at once. Throws `not_stoppable` when
 * it is over. The batch that is on is finished first (user guide, "Workload migration"), so the status
 * changes later.
 */
export const stopMigration: Verb<{ clusterId: string; migrationId: string }, StopAnswer> = async ({ ctx, input: { clusterId, migrationId } }) => {
  await requireCluster(ctx, clusterId)
  const run = await openOrReopened(ctx, clusterId, migrationId)
  const { status, isOver } = run === null ? await readNow(ctx, clusterId, migrationId) : { status: run.status, isOver: run.endedAt !== null }
  if (isOver || !can.stop(status))
    throw new AppError('not_stoppable', { detail: `The migration is over: ${endWords(status)}. There is nothing left to stop.`, facts: { migrationId, status } })
  const stopped = await ask(ctx, clusterId, migrationId, () => {
    if (run !== null) ctx.live.noteStop(run, ctx.token, ctx.session.displayName)
  })
  return { migrationId, status: stopped ?? status }
}
