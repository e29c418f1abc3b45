import { queryOptions } from '@tanstack/react-query'
import { clusterAnswer, clustersAnswer, type ClusterAnswer, type ClusterRow, type ClustersAnswer } from '@/lib/contract/clusters'
import { inventoryAnswer, nodesAnswer, vngsAnswer, type InventoryAnswer, type NodesAnswer, type VngsAnswer } from '@/lib/contract/nodes'
import { routes } from '@/lib/routes'
import { getJson } from './fetch-json'
import { movingPollMs, pollBy, restPollMs } from './intervals'
import { keys } from './keys'
import { newestBy, newestWholeBy } from './newest'

const paceOf = (cluster: ClusterRow) => (cluster.runningMigration === null && cluster.openLaunch === null ? restPollMs : movingPollMs)

/** Every cluster of the account, one row each. */
export const clustersQuery = () =>
  queryOptions({
    queryKey: keys.clusters(),
    queryFn: ({ signal }) => getJson(clustersAnswer, routes.api.clusters(), signal),
    staleTime: movingPollMs,
    refetchInterval: pollBy<ClustersAnswer>(({ clusters }) => Math.min(restPollMs, ...clusters.map(paceOf))),
    structuralSharing: newestBy('fetchedAtMs'),
  })

/** One cluster, for the shell around its pages. */
export const clusterQuery = (clusterId: string) =>
  queryOptions({
    queryKey: keys.cluster(clusterId),
    queryFn: ({ signal }) => getJson(clusterAnswer, routes.api.cluster(clusterId), signal),
    staleTime: movingPollMs,
    refetchInterval: pollBy<ClusterAnswer>(({ cluster }) => paceOf(cluster)),
    structuralSharing: newestBy('fetchedAtMs'),
  })

/** The nodes that could be migrated, with match and readiness. */
export const nodesQuery = (clusterId: string) =>
  queryOptions({
    queryKey: keys.nodes(clusterId),
    queryFn: ({ signal }) => getJson(nodesAnswer, routes.api.nodes(clusterId), signal),
    staleTime: movingPollMs,
    refetchInterval: pollBy<NodesAnswer>(() => restPollMs),
    structuralSharing: newestWholeBy('fetchedAtMs'),
  })

/** Every node of the cluster with all its fields. */
export const inventoryQuery = (clusterId: string) =>
  queryOptions({
    queryKey: keys.inventory(clusterId),
    queryFn: ({ signal }) => getJson(inventoryAnswer, routes.api.inventory(clusterId), signal),
    staleTime: movingPollMs,
    refetchInterval: pollBy<InventoryAnswer>(() => restPollMs),
    structuralSharing: newestWholeBy('fetchedAtMs'),
  })

/** The cluster's virtual node groups and the template they inherit from. */
export const vngsQuery = (clusterId: string) =>
  queryOptions({
    queryKey: keys.vngs(clusterId),
    queryFn: ({ signal }) => getJson(vngsAnswer, routes.api.vngs(clusterId), signal),
    staleTime: movingPollMs,
    refetchInterval: pollBy<VngsAnswer>(() => restPollMs),
    structuralSharing: newestBy('fetchedAtMs'),
  })
