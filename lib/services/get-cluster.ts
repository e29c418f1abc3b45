import 'server-only'
import type { ClusterAnswer } from '@/lib/contract/clusters'
import { clusterRowOf } from './cluster-row'
import type { Verb } from './context'
import { noteShare } from './managed-share'
import { runningMigrations } from './running-migrations'

/** One cluster. Throws `not_found` or `token_not_permitted` like the upstream. */
export const getCluster: Verb<{ clusterId: string }, ClusterAnswer> = async ({ ctx, input: { clusterId } }) => {
  const [{ data, fetchedAtMs }, running] = await Promise.all([ctx.spot.getCluster(clusterId), runningMigrations(ctx)])
  const cluster = await clusterRowOf(ctx, data, running)
  if (cluster.nodes !== null) noteShare(ctx, clusterId, cluster.nodes)
  return { cluster, fetchedAtMs }
}
