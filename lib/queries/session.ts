import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { kubernetesAnswer } from '@/lib/contract/kubernetes'
import { accountsAnswer, budgetAnswer, recordingsAnswer, sessionAnswer, type BudgetAnswer } from '@/lib/contract/session'
import { routes } from '@/lib/routes'
import { getJson, sendJson } from './fetch-json'
import { budgetPollMs, pollBy, restPollMs } from './intervals'
import { keys } from './keys'

/** Who is signed in, to what, and what this server is. */
export const sessionQuery = () =>
  queryOptions({
    queryKey: keys.session(),
    queryFn: ({ signal }) => getJson(sessionAnswer, routes.api.session(), signal),
    staleTime: restPollMs,
  })

/** What is left of the organisation's API budget. Reading it costs none of it. */
export const budgetQuery = () =>
  queryOptions({
    queryKey: keys.budget(),
    queryFn: ({ signal }) => getJson(budgetAnswer, routes.api.budget(), signal),
    staleTime: budgetPollMs,
    refetchInterval: pollBy<BudgetAnswer>(() => budgetPollMs),
  })

/** How this server reads Kubernetes, cluster by cluster. */
export const kubernetesQuery = () =>
  queryOptions({ queryKey: keys.kubernetes(), queryFn: ({ signal }) => getJson(kubernetesAnswer, routes.api.kubernetes(), signal), staleTime: 0 })

/** The accounts a token may list, asked before sign-in. */
export const findAccounts = (token: string) => sendJson(accountsAnswer, 'POST', routes.api.signInAccounts(), { token })

/** Ends the session on the server and closes its streams. */
export const endSession = (isWithdrawing: boolean) =>
  sendJson(z.object({ signedOut: z.boolean() }), 'DELETE', routes.api.session(isWithdrawing ? { withdraw: '1' } : {}), undefined)

/** The runs that are recorded with this session's token. */
export const readRecordings = () => getJson(recordingsAnswer, routes.api.recordings())
