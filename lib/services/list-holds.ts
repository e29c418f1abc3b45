import 'server-only'
import type { HoldsAnswer } from '@/lib/contract/holds'
import { requireCluster } from './cluster-access'
import type { Verb } from './context'
import { readHolds } from './read-holds'

/** What people hold in a cluster, for everybody of the account who can read it. Throws like the upstream's Get Cluster. */
export const listHolds: Verb<{ clusterId: string }, HoldsAnswer> = async ({ ctx, input: { clusterId } }) => {
  await requireCluster(ctx, clusterId)
  return readHolds(ctx, clusterId)
}
