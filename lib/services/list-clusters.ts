import 'server-only'
import type { ClusterRow, ClustersAnswer } from '@/lib/contract/clusters'
import { clusterRowOf } from './cluster-row'
import type { Verb } from './context'
import { runningMigrations } from './running-migrations'

const byName = (a: ClusterRow, b: ClusterRow) => a.name.localeCompare(b.name, 'en') || a.clusterId.localeCompare(b.clusterId, 'en')

/** Every cluster's nodes are megabytes, for three counts each, and the page asks every few seconds while a run is on anywhere. */
const nodesMaxAgeMs = 60_000

/** The account's clusters, one row each. A cluster that cannot be read keeps its row and says why. */
export const listClusters: Verb<void, ClustersAnswer> = async ({ ctx }) => {
  const [{ data, fetchedAtMs }, running] = await Promise.all([ctx.spot.listClusters(), runningMigrations(ctx)])
  const clusters = await Promise.all(data.map((cluster) => clusterRowOf(ctx, cluster, running, { maxAgeMs: nodesMaxAgeMs * ctx.spot.pace('listNodes') })))
  return { clusters: clusters.toSorted(byName), fetchedAtMs }
}
