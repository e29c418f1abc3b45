import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { logAnswer } from '@/lib/contract/log'
import { routes } from '@/lib/routes'
import { getJson } from './fetch-json'
import { movingPollMs, restPollMs } from './intervals'
import { keys } from './keys'

/** Log lines of a range. The lines of the range before stay on screen until the new ones are there. */
export const logQuery = (clusterId: string, range: { fromMs: number; toMs: number; severity?: string }) =>
  queryOptions({
    queryKey: keys.log(clusterId, range),
    queryFn: ({ signal }) => getJson(logAnswer, routes.api.log(clusterId, range), signal),
    staleTime: movingPollMs,
    // A range that follows the clock is another one each time: the former answers are not kept for long.
    gcTime: restPollMs,
    placeholderData: keepPreviousData,
  })
