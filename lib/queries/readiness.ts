import { queryOptions } from '@tanstack/react-query'
import { nodeDetail, type NodeDetail } from '@/lib/contract/node-detail'
import { readinessAnswer, type ReadinessAnswer } from '@/lib/contract/readiness'
import { routes } from '@/lib/routes'
import { getJson } from './fetch-json'
import { movingPollMs, pollBy, restPollMs } from './intervals'
import { keys } from './keys'
import { newestWholeBy } from './newest'

/** What stands in the way of each node. It comes after the rows: Kubernetes may take its time. */
export const readinessQuery = (clusterId: string) =>
  queryOptions({
    queryKey: keys.readiness(clusterId),
    queryFn: ({ signal }) => getJson(readinessAnswer, routes.api.readiness(clusterId), signal),
    staleTime: movingPollMs,
    refetchInterval: pollBy<ReadinessAnswer>(() => restPollMs),
    structuralSharing: newestWholeBy('fetchedAtMs'),
  })

/** One node against every group, with its pods. */
export const nodeQuery = (clusterId: string, nodeName: string) =>
  queryOptions({
    queryKey: keys.node(clusterId, nodeName),
    queryFn: ({ signal }) => getJson(nodeDetail, routes.api.node(clusterId, nodeName), signal),
    staleTime: movingPollMs,
    refetchInterval: pollBy<NodeDetail>(() => restPollMs),
    structuralSharing: newestWholeBy('fetchedAtMs'),
  })

/** The same, read anew from Spot and Kubernetes. */
export const readNodeAnew = (clusterId: string, nodeName: string) => getJson(nodeDetail, routes.api.node(clusterId, nodeName, { fresh: '1' }))
