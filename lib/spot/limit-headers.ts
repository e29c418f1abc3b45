export type RawHeaders = Readonly<Record<string, string | string[] | undefined>>

export type LimitReading = {
  limit: number | null
  remaining: number | null
  resetMs: number | null
  /** Set on a 429 only: how long nothing may be sent. */
  blockMs: number | null
}

const second = 1_000
export const shortestBlockMs = second
export const longestBlockMs = 15 * 60 * second
/** The vendor counts in a rolling window of 60 s: the wait when a 429 does not say. */
const windowMs = 60 * second

const clamp = (ms: number): number => Math.min(longestBlockMs, Math.max(shortestBlockMs, ms))

const text = (headers: RawHeaders, name: string): string | null => {
  const value = headers[name]
  return (Array.isArray(value) ? value[0] : value)?.trim() ?? null
}

const number = (value: string | null): number | null => (value !== null && /^\d+(\.\d+)?$/.test(value) ? Number(value) : null)

/**
 * `Retry-After` in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3), unclamped; null when it is
 * neither. A date is measured against the answer's own `Date`, so that a skewed clock here does no harm.
 */
export const retryAfterMs = (headers: RawHeaders, wallMs: number): number | null => {
  const value = text(headers, 'retry-after')
  if (value === null) return null
  const seconds = number(value)
  if (seconds !== null) return seconds * second
  const at = /^[A-Za-z]{3,9},? /.test(value) ? Date.parse(value) : NaN
  const sentAt = Date.parse(text(headers, 'date') ?? '')
  return Number.isNaN(at) ? null : at - (Number.isNaN(sentAt) ? wallMs : sentAt)
}

/**
 * Reads `X-RateLimit-Limit`, `-Remaining` and `-Reset` (seconds; Spot API, "Rate limits") and `Retry-After`.
 * A block is the longer of the two waits within 1 s and 15 min, whatever the headers claim.
 */
export const readLimit = (status: number, headers: RawHeaders, wallMs: number): LimitReading => {
  const resetSeconds = number(text(headers, 'x-ratelimit-reset'))
  const resetMs = resetSeconds === null ? null : clamp(resetSeconds * second)
  const waits = [resetMs, retryAfterMs(headers, wallMs)].filter((wait) => wait !== null)
  return {
    limit: number(text(headers, 'x-ratelimit-limit')),
    remaining: number(text(headers, 'x-ratelimit-remaining')),
    resetMs,
    blockMs: status === 429 ? clamp(waits.length > 0 ? Math.max(...waits) : windowMs) : null,
  }
}
