import 'server-only'
import type { BudgetAnswer } from '@/lib/contract/session'
import type { RouteBudget } from '@/lib/spot/budget'
import type { Verb } from './context'

type Shown = BudgetAnswer['routes'][number]

/** A route that has not said its limit, or whose last minute is over, says nothing that could be shown. */
const shown = ({ call, limit, remaining, resetsAtMs, blockedUntilMs }: RouteBudget): Shown | null => {
  const untilMs = resetsAtMs ?? blockedUntilMs
  if (limit === null || remaining === null || untilMs === null) return null
  return { route: call, limit, remaining, resetsAtMs: untilMs, blockedUntilMs }
}

/** What is left of the organisation's API budget, as the last answers said. Asks nothing upstream. */
export const getBudget: Verb<void, BudgetAnswer> = async ({ ctx }) => {
  const routes = ctx.spot.budget().routes.map(shown).filter((route) => route !== null)
  return { busiest: routes[0] ?? null, routes }
}
