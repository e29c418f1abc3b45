import { queryOptions } from '@tanstack/react-query'
import { planFactsAnswer, type PlanFactsAnswer } from '@/lib/contract/plan-facts'
import { routes } from '@/lib/routes'
import { getJson } from './fetch-json'
import { movingPollMs, pollBy, restPollMs } from './intervals'
import { keys } from './keys'

/** What a plan rests on beside the nodes. It comes after them: Kubernetes may take its time. */
export const planFactsQuery = (clusterId: string) =>
  queryOptions({
    queryKey: keys.planFacts(clusterId),
    queryFn: ({ signal }) => getJson(planFactsAnswer, routes.api.planFacts(clusterId), signal),
    staleTime: movingPollMs,
    refetchInterval: pollBy<PlanFactsAnswer>(() => restPollMs),
  })
