import 'server-only'
import type { PartProblem } from '@/lib/contract/problem'
import type { AppError } from '@/lib/errors'
import { SpotError, toAppError } from '@/lib/spot/errors'

export const partProblemOf = (error: AppError): PartProblem => ({
  code: error.code,
  detail: error.detail,
  ...(error.upstreamRequestId === undefined ? {} : { upstreamRequestId: error.upstreamRequestId }),
})

/** The answer of a part that a page can do without, or why there is none. A rejected token is never a detail. */
export const readPart = async <Data>(promise: Promise<Data>): Promise<{ data: Data; problem: null } | { data: null; problem: PartProblem }> => {
  try {
    return { data: await promise, problem: null }
  } catch (error) {
    if (!(error instanceof SpotError) || error.kind === 'unauthorized') throw error
    return { data: null, problem: partProblemOf(toAppError(error)) }
  }
}
