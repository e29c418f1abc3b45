import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { keys } from './keys'
import { asProblem, needsSignIn, type ProblemCode } from './problem-error'

const maxRetries = 2

/**
 * Failures that the next attempt may not meet. Everything else is shown at once, Spot's failures too: the
 * server has tried those again already, and while Spot hangs a second round would keep the reason from the reader.
 */
const worthRetrying: ReadonlySet<ProblemCode> = new Set(['offline', 'internal', 'storage_unavailable'])

const shouldRetry = (failures: number, error: unknown): boolean =>
  failures < maxRetries && worthRetrying.has(asProblem(error).code)

/** True from the moment a person signs out: what is refused after that is no session that ran out. */
const isSigningOut = (client: QueryClient): boolean =>
  client.getMutationCache().findAll({ mutationKey: keys.endSession() }).some(({ state: { status } }) => status === 'pending' || status === 'success')

/** The query client. `onSignedOut` is the one place that hears of a session that is over without having been ended here. */
export const makeQueryClient = (onSignedOut: () => void): QueryClient => {
  const onError = (error: unknown) => {
    if (needsSignIn(error)) onSignedOut()
  }
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => (isSigningOut(client) ? undefined : onError(error)) }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { retry: shouldRetry, refetchOnWindowFocus: true, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
  return client
}
