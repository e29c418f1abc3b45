import 'server-only'
import type { SpotErrorKind } from './errors'
import type { SpotRoute } from './routes'

type CallOutcome = 'ok' | SpotErrorKind
/** Calls of one route that ended alike, since the process began. */
export type CallCount = { route: SpotRoute; outcome: CallOutcome; calls: number }

/** Counts calls to the upstream by route and outcome, each attempt of a read once. */
export const createTally = () => {
  const counts = new Map<string, CallCount>()
  return {
    add: (route: SpotRoute, outcome: CallOutcome): void => {
      const key = `${route} ${outcome}`
      const count = counts.get(key) ?? { route, outcome, calls: 0 }
      counts.set(key, { ...count, calls: count.calls + 1 })
    },
    counts: (): CallCount[] => [...counts.values()],
  }
}
