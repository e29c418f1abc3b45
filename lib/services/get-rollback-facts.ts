import 'server-only'
import type { RollbackFactsAnswer } from '@/lib/contract/rollback'
import { requireCluster } from './cluster-access'
import type { Verb } from './context'
import { readRollbackFacts } from './read-rollback-facts'

/** What going back from a launch now would need. Throws like the upstream's Get Cluster. */
export const getRollbackFacts: Verb<{ clusterId: string }, RollbackFactsAnswer> = async ({ ctx, input: { clusterId } }) => {
  await requireCluster(ctx, clusterId)
  return readRollbackFacts(ctx, clusterId)
}
