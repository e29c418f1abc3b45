import 'server-only'
import { draftKeptDays, type DraftsAnswer } from '@/lib/contract/draft'
import { listDrafts as listRows } from '@/lib/db/queries/drafts'
import { requireCluster } from './cluster-access'
import type { Context, Verb } from './context'

const dayMs = 24 * 3_600_000

/** The unfinished plans of a cluster. For callers that have seen that the session's token can read the cluster. */
export const readDrafts = async ({ db, session: { accountId }, now }: Context, clusterId: string): Promise<DraftsAnswer> => {
  const rows = await listRows(db, { accountId, clusterId, since: new Date(now() - draftKeptDays * dayMs) })
  const drafts = rows.map(({ id, createdAt, updatedAt, ...rest }) => ({ ...rest, draftId: id, createdAtMs: createdAt.getTime(), updatedAtMs: updatedAt.getTime() }))
  return { drafts, keptDays: draftKeptDays }
}

/** Plans that somebody of the account began in a cluster and nobody launched. Throws like the upstream's Get Cluster. */
export const listDrafts: Verb<{ clusterId: string }, DraftsAnswer> = async ({ ctx, input: { clusterId } }) => {
  await requireCluster(ctx, clusterId)
  return readDrafts(ctx, clusterId)
}
