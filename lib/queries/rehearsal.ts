import { queryOptions } from '@tanstack/react-query'
import { rehearsalFactsAnswer } from '@/lib/contract/rehearsal-facts'
import { routes } from '@/lib/routes'
import { getJson } from './fetch-json'
import { keys } from './keys'

/** What a rehearsal starts from: much, so it is read when a person asks for one, and never by itself. */
export const rehearsalFactsQuery = (clusterId: string) =>
  queryOptions({
    queryKey: keys.rehearsalFacts(clusterId),
    queryFn: ({ signal }) => getJson(rehearsalFactsAnswer, routes.api.rehearsalFacts(clusterId), signal),
    staleTime: 0,
    // The workers hold what they need.
    gcTime: 0,
  })
