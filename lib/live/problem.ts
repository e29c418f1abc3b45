import 'server-only'
import type { PartProblem } from '@/lib/contract/problem'
import { storageError } from '@/lib/db/errors'
import { AppError } from '@/lib/errors'
import { SpotError, toAppError } from '@/lib/spot/errors'

const asAppError = (error: unknown): AppError => {
  if (error instanceof AppError) return error
  return error instanceof SpotError ? toAppError(error) : storageError(error)
}

/** Why something in the background gave nothing, as viewers may read it. What is not the upstream's is the database's. */
export const problemOf = (error: unknown): PartProblem => {
  const { code, detail, upstreamRequestId } = asAppError(error)
  return { code, detail, ...(upstreamRequestId === undefined ? {} : { upstreamRequestId }) }
}
