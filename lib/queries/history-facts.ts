import { queryOptions } from '@tanstack/react-query'
import { historyFactsAnswer } from '@/lib/contract/history-facts'
import { routes } from '@/lib/routes'
import { getJson } from './fetch-json'
import { restPollMs } from './intervals'
import { keys } from './keys'

/** What recorded runs teach. They change only when a run ends. */
export const historyFactsQuery = (clusterId: string) =>
  queryOptions({
    queryKey: keys.historyFacts(clusterId),
    queryFn: ({ signal }) => getJson(historyFactsAnswer, routes.api.historyFacts(clusterId), signal),
    staleTime: restPollMs,
  })
