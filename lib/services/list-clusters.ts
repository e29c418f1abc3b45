import 'server-only'
import type { ClusterAnswer, ClusterRow, ClustersAnswer } from '@/lib/contract/clusters'
import type { RunSummary } from '@/lib/contract/run'
import type { Cluster } from '@/lib/spot/schemas/cluster'
import type { Context, Verb } from './context'
import { readHeartbeat } from './heartbeat'
import { readPart } from './part'
import { runningMigrations } from './running-migrations'

const describe = async (ctx: Context, cluster: Cluster, running: ReadonlyMap<string, RunSummary>): Promise<ClusterRow> => {
  const [nodes, heartbeat] = await Promise.all([readPart(ctx.spot.listNodes(cluster.id)), readHeartbeat(ctx.spot, cluster.id, ctx.now())])
  const managed = nodes.data?.data.filter(({ virtualNodeGroupId }) => virtualNodeGroupId !== null).length ?? 0
  return {
    clusterId: cluster.id,
    name: cluster.name === '' ? cluster.id : cluster.name,
    region: cluster.aks.region,
    resourceGroup: cluster.aks.resourceGroupName,
    heartbeat,
    nodes: nodes.data === null ? null : { managed, unmanaged: nodes.data.data.length - managed },
    runningMigration: running.get(cluster.id) ?? null,
    problem: nodes.problem,
  }
}

/** The account's clusters, one row each. A cluster that cannot be read keeps its row and says why. */
export const listClusters: Verb<Record<never, never>, ClustersAnswer> = async ({ ctx }) => {
  const list = await ctx.spot.listClusters()
  const running = await runningMigrations(ctx)
  const clusters = await Promise.all(list.data.map((cluster) => describe(ctx, cluster, running)))
  return { clusters: clusters.sort((a, b) => (a.name < b.name ? -1 : 1)), fetchedAtMs: list.fetchedAtMs }
}

/** One cluster. Throws `not_found` or `token_not_permitted` like the upstream. */
export const getCluster: Verb<{ clusterId: string }, ClusterAnswer> = async ({ ctx, input: { clusterId } }) => {
  const read = await ctx.spot.getCluster(clusterId)
  return { cluster: await describe(ctx, read.data, await runningMigrations(ctx)), fetchedAtMs: read.fetchedAtMs }
}
