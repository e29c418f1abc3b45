import 'server-only'
import type { RollbackKitAnswer } from '@/lib/contract/rollback'
import { findKitOfRun } from '@/lib/db/queries/rollback-kits'
import { requireCluster } from './cluster-access'
import type { Verb } from './context'

/** What was recorded before the launch of a run, or null where nothing was. Throws like the upstream's Get Cluster. */
export const getRollbackKit: Verb<{ clusterId: string; migrationId: string }, RollbackKitAnswer> = async ({ ctx, input }) => {
  await requireCluster(ctx, input.clusterId)
  const row = await findKitOfRun(ctx.db, { accountId: ctx.session.accountId, ...input })
  return { kit: row?.kit ?? null }
}
