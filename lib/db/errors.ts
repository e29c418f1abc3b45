import 'server-only'
import { AppError } from '@/lib/errors'

const causesOf = (error: unknown): { code?: string }[] => {
  const list: { code?: string }[] = []
  for (let at = error; typeof at === 'object' && at !== null && list.length < 5; at = (at as { cause?: unknown }).cause) list.push(at as { code?: string })
  return list
}

const codeOf = (error: unknown): string | undefined => causesOf(error).find(({ code }) => code !== undefined)?.code

/** PostgreSQL "disk full" and the file system's own word for it. */
const fullCodes = new Set(['53100', 'ENOSPC'])
/** PostgreSQL "read-only transaction": a standby, or a server that was set so. */
const readOnlyCode = '25006'

export const storageFull = (cause?: unknown): AppError =>
  new AppError('storage_full', { detail: 'The disk of the database is full. Free some space: reading goes on, nothing can be started until then.', cause })

/** A failure of the database as an error that may be shown. SQL and values never leave. */
export const storageError = (cause: unknown): AppError => {
  if (cause instanceof AppError) return cause
  const code = codeOf(cause)
  if (code !== undefined && fullCodes.has(code)) return storageFull(cause)
  const isReadOnly = code === readOnlyCode
  return new AppError('storage_unavailable', {
    detail: isReadOnly
      ? 'The database can only be read at the moment. What is recorded stays on screen; nothing can be started until it takes writes again.'
      : 'The database does not answer. What was read before stays on screen; nothing can be started until it is back.',
    cause,
  })
}

/** True when a row was refused because another with the same key exists. */
export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === '23505'
