import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { holdsAnswer, releaseAnswer, type HoldRequest, type HoldsAnswer, type ReleaseAnswer } from '@/lib/contract/holds'
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
const settle = async <Answer extends HoldsAnswer>(client: QueryClient, clusterId: string, sent: Promise<Answer>): Promise<Answer> => {
  try {
    const answer = await sent
    client.setQueryData<HoldsAnswer>(keys.holds(clusterId), { holds: answer.holds, fetchedAtMs: answer.fetchedAtMs })
    return answer
  } finally {
    void client.invalidateQueries({ queryKey: keys.cluster(clusterId) })
  }
}

/** Holds nodes or pools; holds that it names are replaced. */
export const holdNodes = (client: QueryClient, clusterId: string, request: HoldRequest): Promise<HoldsAnswer> =>
  settle(client, clusterId, sendJson(holdsAnswer, 'POST', routes.api.holds(clusterId), request))

/** Ends holds, whoever placed them. */
export const releaseHolds = (client: QueryClient, clusterId: string, holdIds: readonly string[]): Promise<ReleaseAnswer> =>
  settle(client, clusterId, sendJson(releaseAnswer, 'DELETE', routes.api.holds(clusterId), { holdIds }))
