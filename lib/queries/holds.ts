import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { holdsAnswer, type HoldRequest, type HoldsAnswer } from '@/lib/contract/holds'
import { routes } from '@/lib/routes'
import { getJson, sendJson } from './fetch-json'
import { movingPollMs, pollBy, restPollMs } from './intervals'
import { keys } from './keys'
import { newestBy } from './newest'

/** What people hold in a cluster. */
export const holdsQuery = (clusterId: string) =>
  queryOptions({
    queryKey: keys.holds(clusterId),
    queryFn: ({ signal }) => getJson(holdsAnswer, routes.api.holds(clusterId), signal),
    staleTime: movingPollMs,
    refetchInterval: pollBy<HoldsAnswer>(() => restPollMs),
    structuralSharing: newestBy('fetchedAtMs'),
  })

/** Shows the new holds at once; nodes, findings and plans follow as they are read anew. After a failure too: somebody else may have been first. */
const settle = async (client: QueryClient, clusterId: string, sent: Promise<HoldsAnswer>): Promise<HoldsAnswer> => {
  try {
    const answer = await sent
    client.setQueryData(keys.holds(clusterId), answer)
    return answer
  } finally {
    void client.invalidateQueries({ queryKey: keys.cluster(clusterId) })
  }
}

/** Holds nodes or pools; a hold on the same name is replaced. */
export const holdNodes = (client: QueryClient, clusterId: string, request: HoldRequest): Promise<HoldsAnswer> =>
  settle(client, clusterId, sendJson(holdsAnswer, 'POST', routes.api.holds(clusterId), request))

/** Ends holds, whoever placed them. */
export const releaseHolds = (client: QueryClient, clusterId: string, holdIds: readonly string[]): Promise<HoldsAnswer> =>
  settle(client, clusterId, sendJson(holdsAnswer, 'DELETE', routes.api.holds(clusterId), { holdIds }))
