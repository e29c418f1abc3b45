import { formatShortDuration } from './duration'

const justNowMs = 1000

/** How long ago, or in how long: `just now`, `12 s ago`, `in 3 h`. */
export const relativeTime = (atMs: number, nowMs: number): string => {
  const agoMs = nowMs - atMs
  if (Math.abs(agoMs) < justNowMs) return 'just now'
  return agoMs > 0 ? `${formatShortDuration(agoMs)} ago` : `in ${formatShortDuration(-agoMs)}`
}

// Making a formatter costs far more than using it, and lists format thousands of times.
const cache = new Map<string, Intl.DateTimeFormat>()

const formatter = (kind: string, timeZone: string | undefined, options: Intl.DateTimeFormatOptions) => {
  const key = `${kind}|${timeZone ?? ''}`
  const known = cache.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { hourCycle: 'h23', ...options, timeZone })
  cache.set(key, made)
  return made
}

/** Date and time to the second with its zone: `23 Nov 2026, 14:02:07 UTC`. Without a zone the reader's own is used. */
export const absoluteTime = (atMs: number, timeZone?: string): string =>
  formatter('absolute', timeZone, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(atMs)

/** Hour and minute: `14:02`. */
export const clockTime = (atMs: number, timeZone?: string): string =>
  formatter('clock', timeZone, { hour: '2-digit', minute: '2-digit' }).format(atMs)

/** Hour, minute and second: `14:02:07`. */
export const clockTimeSeconds = (atMs: number, timeZone?: string): string =>
  formatter('clockSeconds', timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(atMs)

const day = (atMs: number, timeZone: string | undefined) =>
  formatter('day', timeZone, { day: 'numeric', month: 'short', year: 'numeric' }).format(atMs)

/** Day and clock as a list shows them: `today 14:02`, `20 Nov 09:14`, and with the year when it is another one. */
export const dayAndClock = (atMs: number, nowMs: number, timeZone?: string): string => {
  const clock = clockTime(atMs, timeZone)
  const date = day(atMs, timeZone)
  const today = day(nowMs, timeZone)
  if (date === today) return `today ${clock}`
  const sameYear = date.slice(-4) === today.slice(-4)
  return `${sameYear ? date.slice(0, -5) : date} ${clock}`
}
