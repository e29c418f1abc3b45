import 'server-only'
import type { SpotClock } from './clock'
import { SpotError } from './errors'
import { readLimit, type LimitReading, type RawHeaders } from './limit-headers'
import { callName, type SpotRoute } from './routes'

type Ledger = {
  limit: number | null
  remaining: number | null
  /** Monotonic. Null when the vendor has not said. */
  resetsAt: number | null
  blockedUntil: number | null
}

export type RouteBudget = {
  route: SpotRoute
  call: string
  limit: number | null
  remaining: number | null
  /** Wall-clock milliseconds, for a countdown. */
  resetsAtMs: number | null
  blockedUntilMs: number | null
}

/** What the API meter shows: the route closest to its limit first; `busiest` is null before the first answer. */
export type BudgetSnapshot = { busiest: RouteBudget | null; routes: RouteBudget[] }

export type SpotBudget = {
  /** Counts one request, or throws `rate-limited` with the time that is left: nothing is ever sent inside a block. */
  spend: (budgetKey: string, route: SpotRoute) => void
  /** Takes note of an answer's headers; on a 429 starts the block and returns how long it lasts. */
  note: (budgetKey: string, route: SpotRoute, status: number, headers: RawHeaders) => number | null
  pace: (budgetKey: string, route: SpotRoute) => number
  snapshot: (budgetKey: string) => BudgetSnapshot
  /** What is left of each route where least is left, whichever organization that is. */
  lowest: () => Pick<RouteBudget, 'route' | 'limit' | 'remaining'>[]
}

const idleScopesKept = 2_000
const slowestPace = 8
const paceStartsAt = 0.5

/**
 * The upstream's budget as its headers tell it (Spot API, "Rate limits"): per organization × route × method.
 * Whether the vendor counts a route with or without its ids is not published; without is the careful reading.
 */
export const createBudget = (clock: SpotClock): SpotBudget => {
  const scopes = new Map<string, Map<SpotRoute, Ledger>>()

  const ledgersOf = (budgetKey: string) => {
    const found = scopes.get(budgetKey) ?? new Map<SpotRoute, Ledger>()
    scopes.delete(budgetKey)
    scopes.set(budgetKey, found)
    if (scopes.size > idleScopesKept) scopes.delete(scopes.keys().next().value ?? '')
    return found
  }

  const current = (ledger: Ledger | undefined): Ledger => {
    const now = clock.monotonicMs()
    const { limit = null, remaining = null, resetsAt = null, blockedUntil = null } = ledger ?? {}
    const isOver = resetsAt !== null && resetsAt <= now
    return {
      limit,
      remaining: isOver ? limit : remaining,
      resetsAt: isOver ? null : resetsAt,
      blockedUntil: blockedUntil !== null && blockedUntil > now ? blockedUntil : null,
    }
  }

  const toWall = (monotonic: number | null) =>
    monotonic === null ? null : Math.round(clock.wallMs() + monotonic - clock.monotonicMs())

  return {
    spend: (budgetKey, route) => {
      const ledgers = ledgersOf(budgetKey)
      const ledger = current(ledgers.get(route))
      const spentUntil = ledger.remaining === 0 ? ledger.resetsAt : null
      const until = Math.max(ledger.blockedUntil ?? 0, spentUntil ?? 0)
      if (until > 0)
        throw new SpotError('rate-limited', { wasSent: 'no', call: callName(route), retryAfterMs: Math.ceil(until - clock.monotonicMs()) })
      if (ledger.remaining !== null) ledgers.set(route, { ...ledger, remaining: Math.max(0, ledger.remaining - 1) })
    },
    note: (budgetKey, route, status, headers) => {
      // Answers to a refused token say nothing about the organization, and anyone can provoke them.
      if (status === 401 || status === 403) return null
      const ledgers = ledgersOf(budgetKey)
      const now = clock.monotonicMs()
      const reading = readLimit(status, headers, clock.wallMs())
      ledgers.set(route, merge(current(ledgers.get(route)), reading, now))
      return reading.blockMs
    },
    pace: (budgetKey, route) => paceOf(current(scopes.get(budgetKey)?.get(route))),
    lowest: () => {
      const least = new Map<SpotRoute, Ledger>()
      for (const ledgers of scopes.values())
        for (const [route, ledger] of ledgers) {
          const now = current(ledger)
          if (now.remaining !== null && now.remaining < (least.get(route)?.remaining ?? Infinity)) least.set(route, now)
        }
      return [...least].map(([route, { limit, remaining }]) => ({ route, limit, remaining }))
    },
    snapshot: (budgetKey) => {
      const routes = [...(scopes.get(budgetKey) ?? [])].map(([route, ledger]): RouteBudget => {
        const { limit, remaining, resetsAt, blockedUntil } = current(ledger)
        return { route, call: callName(route), limit, remaining, resetsAtMs: toWall(resetsAt), blockedUntilMs: toWall(blockedUntil) }
      })
      routes.sort((a, b) => shareLeft(a) - shareLeft(b))
      return { busiest: routes[0] ?? null, routes }
    },
  }
}

const merge = (before: Ledger, reading: LimitReading, now: number): Ledger => ({
  limit: reading.limit ?? before.limit,
  remaining: reading.remaining ?? before.remaining,
  resetsAt: reading.resetMs === null ? before.resetsAt : now + reading.resetMs,
  // An older answer that arrives late must not shorten a block.
  blockedUntil: reading.blockMs === null ? before.blockedUntil : Math.max(before.blockedUntil ?? 0, now + reading.blockMs),
})

const paceOf = ({ limit, remaining, blockedUntil }: Ledger): number => {
  if (blockedUntil !== null) return slowestPace
  if (limit === null || remaining === null || limit <= 0) return 1
  const share = remaining / limit
  return share >= paceStartsAt ? 1 : Math.min(slowestPace, paceStartsAt / Math.max(share, paceStartsAt / slowestPace))
}

/** Blocked first, then by the share that is left; a route that never said its limit comes last. */
const shareLeft = (route: RouteBudget): number => {
  if (route.blockedUntilMs !== null) return -1
  return route.limit && route.remaining !== null ? route.remaining / route.limit : 2
}

