import 'server-only'
import type { ManagedShareAnswer } from '@/lib/contract/managed-share'
import { insertShareIfDue, listShares } from '@/lib/db/queries/cluster-shares'
import { storageError } from '@/lib/db/errors'
import type { NodeCounts } from '@/lib/domain/managed-share'
import { requireCluster } from './cluster-access'
import type { Context, Verb } from './context'

/** A count is kept this often at the most, and this often while nothing changes. */
const pace = { leastMs: 10 * 60_000, mostMs: 60 * 60_000 }
/** Some 80 days of a cluster that is always open. */
const mostPoints = 2_000

/** Keeps what was just counted, in the background: a page does not wait for it, and does without. */
export const noteShare = ({ db, session, now, log }: Context, clusterId: string, counts: NodeCounts): void => {
  const row = { accountId: session.accountId, clusterId, at: new Date(now()), ...counts }
  void insertShareIfDue(db, row, pace).catch((error: unknown) => log.warn({ clusterId, code: storageError(error).code }, 'a count of managed nodes could not be kept'))
}

/** How the share of managed nodes went over time, as far as it was counted. */
export const getManagedShare: Verb<{ clusterId: string }, ManagedShareAnswer> = async ({ ctx, input: { clusterId } }) => {
  await requireCluster(ctx, clusterId)
  const rows = await listShares(ctx.db, { accountId: ctx.session.accountId, clusterId }, mostPoints + 1).catch((error: unknown) => {
    throw storageError(error)
  })
  const points = rows.slice(-mostPoints).map(({ at, managed, unmanaged, system }) => ({ atMs: at.getTime(), managed, unmanaged, system }))
  return { points, isCut: rows.length > mostPoints, fetchedAtMs: ctx.now() }
}
