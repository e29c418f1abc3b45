import 'server-only'
import type { SpotClock } from './clock'
import { SpotError } from './errors'

/** Who may see an entry. Never shared across tokens: rights belong to the token, not to the account. */
export type CacheOwner = { tokenFingerprint: string; accountId: string | null; organizationId: string | null }
export type CachedValue = { bytes: number }

export type CacheRead<T> = { value: T; fromCache: boolean }
export type CacheLookup<T> = {
  owner: CacheOwner
  /** Path and query of the read, with a fragment where its items are kept whole. */
  target: string
  maxAgeMs: number
  isFresh: boolean
  signal: AbortSignal | undefined
  load: (signal: AbortSignal) => Promise<T>
}

export type ReadCache<T> = {
  read: (lookup: CacheLookup<T>) => Promise<CacheRead<T>>
  /** Forgets what matches, and keeps answers that are on their way from being stored. */
  drop: (matches: (owner: CacheOwner, target: string) => boolean) => void
}

type Entry<T> = { owner: CacheOwner; target: string; value: T; storedAt: number }
type Flight<T> = { owner: CacheOwner; target: string; promise: Promise<T>; abort: AbortController; waiters: number }

const mostEntries = 500
const mostBytes = 128 * 1024 * 1024

/**
 * Short-lived answers, and one request for identical reads that are asked for at once. A flight is cancelled
 * when the last of those who wait for it has left.
 */
export const createReadCache = <T extends CachedValue>(clock: SpotClock): ReadCache<T> => {
  const entries = new Map<string, Entry<T>>()
  const flights = new Map<string, Flight<T>>()
  let bytes = 0

  const remove = (key: string) => {
    bytes -= entries.get(key)?.value.bytes ?? 0
    entries.delete(key)
  }

  const store = (key: string, entry: Entry<T>) => {
    remove(key)
    entries.set(key, entry)
    bytes += entry.value.bytes
    for (const oldest of entries.keys()) {
      if (entries.size <= mostEntries && bytes <= mostBytes) break
      remove(oldest)
    }
  }

  const launch = (key: string, { owner, target, load }: CacheLookup<T>): Flight<T> => {
    const abort = new AbortController()
    const flight: Flight<T> = { owner, target, abort, waiters: 0, promise: load(abort.signal) }
    flights.set(key, flight)
    const isCurrent = () => flights.get(key) === flight
    flight.promise.then(
      (value) => {
        if (!isCurrent()) return
        flights.delete(key)
        store(key, { owner, target, value, storedAt: clock.monotonicMs() })
      },
      () => {
        if (isCurrent()) flights.delete(key)
      },
    )
    return flight
  }

  const join = async (key: string, flight: Flight<T>, signal: AbortSignal | undefined): Promise<T> => {
    flight.waiters += 1
    try {
      return await untilAborted(flight.promise, signal)
    } finally {
      flight.waiters -= 1
      if (flight.waiters === 0 && signal?.aborted) {
        if (flights.get(key) === flight) flights.delete(key)
        flight.abort.abort()
      }
    }
  }

  return {
    read: async (lookup) => {
      const key = keyOf(lookup.owner, lookup.target)
      const entry = entries.get(key)
      const isYoung = entry !== undefined && clock.monotonicMs() - entry.storedAt <= lookup.maxAgeMs && lookup.maxAgeMs > 0
      if (entry !== undefined && isYoung && !lookup.isFresh) return { value: entry.value, fromCache: true }
      const running = lookup.isFresh ? undefined : flights.get(key)
      const value = await join(key, running ?? launch(key, lookup), lookup.signal)
      return { value, fromCache: running !== undefined }
    },
    drop: (matches) => {
      for (const [key, { owner, target }] of entries) if (matches(owner, target)) remove(key)
      for (const [key, { owner, target }] of flights) if (matches(owner, target)) flights.delete(key)
    },
  }
}

const keyOf = (owner: CacheOwner, target: string): string =>
  JSON.stringify([owner.organizationId, owner.accountId, owner.tokenFingerprint, target])

const untilAborted = <T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (signal === undefined) return promise
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new SpotError('cancelled', { wasSent: 'maybe' }))
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
