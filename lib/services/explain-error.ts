import 'server-only'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import { storageError } from '@/lib/db/errors'
import { AppError } from '@/lib/errors'
import { SpotError, toAppError } from '@/lib/spot/errors'

/** SQL states of a statement that is wrong in itself: data, constraint, syntax. Ours to mend, not the database's fault. */
const ownFault = /^(22|23|42)/

const isOwnFault = ({ cause }: DrizzleQueryError): boolean =>
  typeof cause === 'object' && 'code' in cause && typeof cause.code === 'string' && ownFault.test(cause.code)

/** Any failure as an error of the closed set. What nobody foresaw becomes `internal`, with nothing of it in the detail. */
export const explainError = (error: unknown): AppError => {
  if (error instanceof AppError) return error
  if (error instanceof SpotError) return toAppError(error)
  if (error instanceof DrizzleQueryError && !isOwnFault(error)) return storageError(error)
  return new AppError('internal', { detail: 'Slipway met a fault of its own. Try again; if it stays, give the request id to whoever runs this server.', cause: error })
}
