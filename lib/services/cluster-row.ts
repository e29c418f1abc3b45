import 'server-only'
import type { ClusterRow } from '@/lib/contract/clusters'
import { countManaged } from '@/lib/domain/managed-share'
import type { Cluster } from '@/lib/spot/schemas/cluster'
import type { ReadOptions } from '@/lib/spot/types'
import type { Context } from './context'
import { readHeartbeat } from './heartbeat'
import { readPart } from './part'
import type { RunningMigrations } from './running-migrations'

/** A cluster as lists show it; `options`: how old its nodes and its heartbeat may be. What cannot be read of it is left out, and the row says why. */
export const clusterRowOf = async (ctx: Context, cluster: Cluster, running: RunningMigrations, options: ReadOptions = {}): Promise<ClusterRow> => {
  const [nodes, { heartbeat, problem }, { on, isRead, openLaunch }] = await Promise.all([
    readPart(ctx.spot.listNodes(cluster.id, options)),
    readHeartbeat(ctx.spot, cluster.id, ctx.now(), options),
    running(cluster.id),
  ])
  return {
    clusterId: cluster.id,
    name: cluster.name === '' ? cluster.id : cluster.name,
    region: cluster.aks.region,
    resourceGroup: cluster.aks.resourceGroupName,
    heartbeat,
    nodes: nodes.data === null ? null : countManaged(nodes.data.data),
    runningMigration: on?.run ?? null,
    runLeft: on?.left ?? null,
    isRunUnwatched: on?.isUnwatched ?? false,
    isRunRead: isRead,
    openLaunch,
    problem: nodes.problem ?? problem,
  }
}
