const windowMs = 60_000

export type LimitState = { isBlocked: boolean; limit: number; remaining: number; resetSeconds: number }

/**
 * The documented limit: per organisation, route and method in a rolling minute. A request inside a block
 * counts too and so pushes its end back.
 */
export const createLimiter = (limit: number) => {
  const seen = new Map<string, number[]>()
  return {
    /** Counts one request at `nowMs` and says where the caller stands. */
    count: (key: string, nowMs: number): LimitState => {
      const times = (seen.get(key) ?? []).filter((time) => time > nowMs - windowMs)
      times.push(nowMs)
      const kept = times.slice(-(limit + 1))
      seen.set(key, kept)
      const isBlocked = kept.length > limit
      const oldest = isBlocked ? nowMs : (kept[0] ?? nowMs)
      return {
        isBlocked,
        limit,
        remaining: Math.max(0, limit - kept.length),
        resetSeconds: Math.max(1, Math.ceil((oldest + windowMs - nowMs) / 1000)),
      }
    },
  }
}
export type Limiter = ReturnType<typeof createLimiter>
