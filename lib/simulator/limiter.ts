const windowMs = 60_000

export type LimitState = { isBlocked: boolean; limit: number; remaining: number; resetSeconds: number }

/**
 * The documented limit: per organisation, route and method in a rolling minute (Spot API, "Rate limits").
 * A request inside a block counts too and so pushes the end of the block back.
 */
export const createLimiter = (limit: number) => {
  const seen = new Map<string, number[]>()

  /** The newest `limit + 1` requests of the last minute, this one included: more cannot change the answer. */
  const note = (key: string, nowMs: number): number[] => {
    const times = seen.get(key) ?? []
    seen.set(key, times)
    const firstKept = times.findIndex((time) => time > nowMs - windowMs)
    if (firstKept !== 0) times.splice(0, firstKept === -1 ? times.length : firstKept)
    times.push(nowMs)
    if (times.length > limit + 1) times.shift()
    return times
  }

  return {
    /** Counts one request at `nowMs` and says where the caller stands. `resetSeconds` is never too short. */
    count: (key: string, nowMs: number): LimitState => {
      const times = note(key, nowMs)
      const isBlocked = times.length > limit
      // A blocked caller waits for two to leave the window: the one too many, and one for the next request.
      const leaver = times[isBlocked ? 1 : 0] ?? nowMs
      return {
        isBlocked,
        limit,
        remaining: Math.max(0, limit - times.length),
        resetSeconds: Math.max(1, Math.ceil((leaver + windowMs - nowMs) / 1000)),
      }
    },
  }
}
export type Limiter = ReturnType<typeof createLimiter>
