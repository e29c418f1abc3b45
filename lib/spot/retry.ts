import 'server-only'
import type { SpotClock } from './clock'
import { SpotError, type SpotErrorKind } from './errors'

export type RetrySettings = { baseMs: number; capMs: number; mostRetries: number }
export const defaultRetrySettings: RetrySettings = { baseMs: 500, capMs: 20_000, mostRetries: 2 }

export type Retrier = {
  /** Runs a read until it succeeds, fails for good, or neither time nor tokens are left. `leftMs` is the time left for an attempt. */
  run: <T>(attempt: (leftMs: number) => Promise<T>, totalMs: number, signal: AbortSignal | undefined) => Promise<T>
}

const tokensAtMost = 500
const retryCost = 5
const timeoutCost = 10
const passing: ReadonlySet<SpotErrorKind> = new Set(['server', 'timeout', 'network', 'truncated'])

/** A fault that may be gone in a moment. A 429, a refusal, a deadline of our own and an answer in another shape are not. */
const isPassing = (error: SpotError): boolean =>
  passing.has(error.kind) && error.phase !== 'total' && error.status !== 501 && error.status !== 505

/**
 * Retries of reads with full jitter. A bucket of tokens shared by all calls (as the AWS clients do) makes
 * retries stop by themselves while the upstream is down for everyone: 5 a retry, 10 after a timeout, 1 back
 * for each success.
 */
export const createRetrier = (clock: SpotClock, random: () => number, settings: RetrySettings): Retrier => {
  let tokens = tokensAtMost

  const take = (error: SpotError): boolean => {
    const cost = error.kind === 'timeout' ? timeoutCost : retryCost
    if (tokens < cost) return false
    tokens -= cost
    return true
  }

  return {
    run: async (attempt, totalMs, signal) => {
      const endsAt = clock.monotonicMs() + totalMs
      for (let retries = 0; ; retries += 1) {
        try {
          const result = await attempt(endsAt - clock.monotonicMs())
          tokens = Math.min(tokensAtMost, tokens + 1)
          return result
        } catch (error) {
          if (!(error instanceof SpotError) || !isPassing(error) || retries >= settings.mostRetries) throw error
          const backoffMs = random() * Math.min(settings.capMs, settings.baseMs * 2 ** retries)
          const waitMs = Math.max(backoffMs, error.retryAfterMs ?? 0)
          if (clock.monotonicMs() + waitMs >= endsAt || !take(error)) throw error
          await clock.delay(waitMs, signal).catch(() => {
            throw new SpotError('cancelled', { wasSent: 'no', call: error.call })
          })
        }
      }
    },
  }
}
