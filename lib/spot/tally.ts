import 'server-only'
import type { SpotError, SpotErrorKind } from './errors'
import type { SpotRoute } from './routes'

/** `held-back`: not sent, because Spot blocks the route or its window is spent. */
type CallOutcome = 'ok' | 'held-back' | SpotErrorKind
/** Calls of one route that ended alike, since the process began. */
export type CallCount = { route: SpotRoute; outcome: CallOutcome; calls: number }

/** What a failed call counts as; null where it was given up before anything was sent. One that found no connection was tried, and counts. */
const outcomeOf = ({ kind, wasSent }: SpotError): CallOutcome | null => {
  if (wasSent !== 'no') return kind
  if (kind === 'rate-limited') return 'held-back'
  return kind === 'network' || kind === 'timeout' ? kind : null
}

/** Counts calls to the upstream by route and outcome, each attempt of a read once. */
export const createTally = () => {
  const counts = new Map<string, CallCount>()
  return {
    add: (route: SpotRoute, error: SpotError | null): void => {
      const outcome = error === null ? 'ok' : outcomeOf(error)
      if (outcome === null) return
      const key = `${route} ${outcome}`
      const count = counts.get(key) ?? { route, outcome, calls: 0 }
      counts.set(key, { ...count, calls: count.calls + 1 })
    },
    counts: (): CallCount[] => [...counts.values()],
  }
}
