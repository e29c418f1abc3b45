import 'server-only'
import { DrizzleQueryError } from 'drizzle-orm/errors'

const framesKept = 8
const messageKept = 300

const framesOf = (error: Error): string[] =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, framesKept)
    .map((line) => line.trim())

/** A failed query quotes its statement and values: then only the database's own code is kept. */
const messageOf = (error: Error): string => (error instanceof DrizzleQueryError ? 'query failed' : error.message.slice(0, messageKept))

const codeOf = (error: Error): string | undefined => {
  const known = error.cause instanceof Error ? error.cause : error
  return 'code' in known && typeof known.code === 'string' ? known.code : undefined
}

/** What the log keeps of a fault nobody foresaw: enough to find the line, nothing that a person entered. */
export const describeFault = (cause: unknown): Record<string, unknown> =>
  cause instanceof Error ? { name: cause.name, message: messageOf(cause), code: codeOf(cause), frames: framesOf(cause) } : { name: typeof cause }
