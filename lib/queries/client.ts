import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { asProblem, needsSignIn, type ProblemCode } from './problem-error'

const maxRetries = 2

/**
 * Failures that the next attempt may not meet. Everything else is shown at once, Spot's failures too: the
 * server has tried those again already, and while Spot hangs a second round would keep the reason from the reader.
 */
const worthRetrying: ReadonlySet<ProblemCode> = new Set(['offline', 'internal', 'storage_unavailable'])

const shouldRetry = (failures: number, error: unknown): boolean =>
  failures < maxRetries && worthRetrying.has(asProblem(error).code)

/** The query client. `onSignedOut` is the one place that hears of a session that is over. */
export const makeQueryClient = (onSignedOut: () => void): QueryClient => {
  const onError = (error: unknown) => {
    if (needsSignIn(error)) onSignedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { retry: shouldRetry, refetchOnWindowFocus: true, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
