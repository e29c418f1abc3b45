import { queryOptions } from '@tanstack/react-query'
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
