import 'server-only'
import type { HoldsAnswer } from '@/lib/contract/holds'
import { deleteHold } from '@/lib/db/queries/holds'
import { AppError } from '@/lib/errors'
import { requireCluster } from './cluster-access'
import type { Verb } from './context'
import { readHolds } from './read-holds'

/** Ends a hold, whoever placed it. Throws `not_found` for one that is gone, replaced or another account's. */
export const releaseHold: Verb<{ clusterId: string; holdId: string }, HoldsAnswer> = async ({ ctx, input: { clusterId, holdId } }) => {
  await requireCluster(ctx, clusterId)
  const isReleased = await deleteHold(ctx.db, { accountId: ctx.session.accountId, clusterId, id: holdId, now: new Date(ctx.now()) })
  if (!isReleased) throw new AppError('not_found', { detail: 'This hold is no longer there: it has ended, or somebody released or replaced it meanwhile.' })
  return readHolds(ctx, clusterId)
}
