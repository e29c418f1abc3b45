import { queryOptions } from '@tanstack/react-query'
import { rollbackFactsAnswer, rollbackKitAnswer } from '@/lib/contract/rollback'
import { routes } from '@/lib/routes'
import { getJson, sendJson } from './fetch-json'
import { restPollMs } from './intervals'
import { keys } from './keys'

/** What going back from a launch now would need. */
export const rollbackFactsQuery = (clusterId: string) =>
  queryOptions({
    queryKey: keys.rollbackFacts(clusterId),
    queryFn: ({ signal }) => getJson(rollbackFactsAnswer, routes.api.rollbackFacts(clusterId), signal),
    staleTime: restPollMs,
  })

export const keepPoolLimits = (clusterId: string, text: string) => sendJson(rollbackFactsAnswer, 'PUT', routes.api.poolLimits(clusterId), { text })

/** What was recorded before the launch of a run. It never changes. */
export const rollbackKitQuery = (clusterId: string, migrationId: string) =>
  queryOptions({
    queryKey: keys.rollbackKit(clusterId, migrationId),
    queryFn: ({ signal }) => getJson(rollbackKitAnswer, routes.api.rollbackKit(clusterId, migrationId), signal),
    staleTime: Infinity,
  })
