import 'server-only'
import type { PoolLimitsRequest, RollbackFactsAnswer } from '@/lib/contract/rollback'
import { putPoolLimits } from '@/lib/db/queries/rollback-kits'
import { requireCluster } from './cluster-access'
import type { Verb } from './context'
import { readRollbackFacts } from './read-rollback-facts'

/** Keeps the pools' limits as a person pasted them; what was pasted of these pools before is replaced, and that of others stays. Kits of earlier launches keep theirs. */
export const keepPoolLimits: Verb<{ clusterId: string; request: PoolLimitsRequest }, RollbackFactsAnswer> = async ({ ctx, input: { clusterId, request } }) => {
  await requireCluster(ctx, clusterId)
  const { accountId, displayName } = ctx.session
  await putPoolLimits(ctx.db, { accountId, clusterId, pools: request.pools, pastedBy: displayName, pastedAt: new Date(ctx.now()) })
  return readRollbackFacts(ctx, clusterId)
}
