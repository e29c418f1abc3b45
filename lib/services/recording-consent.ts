import 'server-only'
import type { RecordingAnswer, RecordingRequest } from '@/lib/contract/recording'
import { findRun, type RunRow } from '@/lib/db/queries/runs'
import { AppError } from '@/lib/errors'
import { requireCluster, unknownRun } from './cluster-access'
import type { Context, Verb } from './context'

type Place = { clusterId: string; migrationId: string }

const requireRun = async (ctx: Context, place: Place): Promise<RunRow> => {
  await requireCluster(ctx, place.clusterId)
  const row = await findRun(ctx.db, { accountId: ctx.session.accountId, ...place })
  if (row === null) throw unknownRun()
  return row
}

const answerOf = ({ live, token }: Context, row: RunRow): RecordingAnswer => ({ isKept: row.isKept, hasCopy: live.hasCopy(row), isOwn: live.isKept(row, token) })

/** Whether the run goes on being recorded when nobody looks, and with whose token. */
export const getRecording: Verb<Place, RecordingAnswer> = async ({ ctx, input }) => answerOf(ctx, await requireRun(ctx, input))

/**
 * Agrees that a sealed copy of one's own token is kept for a run until it ends, or refuses: then the run is
 * recorded while someone has it open. Throws `not_found` for a run that is not recorded here and
 * `token_not_permitted` for taking away another person's copy.
 */
export const setRecording: Verb<Place & RecordingRequest, RecordingAnswer> = async ({ ctx, input: { isKept, ...place } }) => {
  const row = await requireRun(ctx, place)
  const [hasCopy, isOwn] = [ctx.live.hasCopy(row), ctx.live.isKept(row, ctx.token)]
  if (hasCopy && !isOwn && !isKept)
    throw new AppError('token_not_permitted', { detail: 'The copy kept for this run is of another person’s token: only they can take it back.' })
  // Another person's copy serves already.
  if (row.endedAt === null && !(isKept && hasCopy)) await ctx.live.setKept(row, ctx.token, isKept)
  return answerOf(ctx, await requireRun(ctx, place))
}
