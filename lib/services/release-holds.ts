import 'server-only'
import type { ReleaseAnswer, ReleaseRequest } from '@/lib/contract/holds'
import { deleteHolds } from '@/lib/db/queries/holds'
import { AppError } from '@/lib/errors'
import { requireCluster } from './cluster-access'
import type { Verb } from './context'
import { readHolds } from './read-holds'

/** Ends holds, whoever placed them. Throws `not_found` when none of them is there any more: ended, replaced, or another account's. */
export const releaseHolds: Verb<{ clusterId: string; request: ReleaseRequest }, ReleaseAnswer> = async ({ ctx, input: { clusterId, request } }) => {
  await requireCluster(ctx, clusterId)
  const released = await deleteHolds(ctx.db, { accountId: ctx.session.accountId, clusterId }, { ids: request.holdIds, now: new Date(ctx.now()) })
  if (released === 0) throw new AppError('not_found', { detail: 'This hold is no longer there: it has ended, or somebody released or replaced it meanwhile.' })
  return { ...(await readHolds(ctx, clusterId)), released }
}
