import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import type { Connection } from './connection'
import { KubeReadError } from './failure'
import { getJson } from './get'
import type { KubeLimits } from './limits'

const mostAttempts = 3
/** Who wants to be left alone for longer is not waited for: other lists and people wait as well. */
const longestPauseMs = 30_000

/** How long to wait before the same page is asked for again; null where that is in vain. */
const pauseAfter = (error: unknown, attempt: number, { repeatPauseMs }: KubeLimits): number | null => {
  if (!(error instanceof KubeReadError) || (error.kind !== 'busy' && error.kind !== 'broken') || attempt >= mostAttempts) return null
  const pauseMs = error.retryAfterMs ?? repeatPauseMs * attempt
  return pauseMs > longestPauseMs ? null : pauseMs
}

/**
 * One page of a list. A busy server (429, 503) and a broken connection are asked again, for the same page: of
 * hundreds one is soon refused, and the list would be lost for it. `signal` ends the pauses too. Throws KubeReadError.
 */
export const getPage = async (connection: Connection, pathAndQuery: string, resource: string, limits: KubeLimits, signal: AbortSignal, attempt = 1): Promise<unknown> => {
  const pageSignal = AbortSignal.any([signal, AbortSignal.timeout(limits.pageTimeoutMs)])
  try {
    return await getJson(connection, pathAndQuery, resource, { maxBytes: limits.pageBytes, signal: pageSignal })
  } catch (error) {
    const pauseMs = pauseAfter(error, attempt, limits)
    if (pauseMs === null) throw error
    await pause(pauseMs, undefined, { signal }).catch(() => {
      throw error
    })
    return getPage(connection, pathAndQuery, resource, limits, signal, attempt + 1)
  }
}
