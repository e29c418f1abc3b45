import { factsLimitMs, spotGaps } from '@/lib/domain/readiness/facts-state'
import type { Finding } from '@/lib/domain/readiness/finding'
import { findingOf } from '@/lib/domain/readiness/rules'

/** When the two answers came, on the browser's clock; 0 for one that has not come. */
export type Reading = { nowMs: number | null; nodesAtMs: number; checksAtMs: number; checksProblem: string | null }

/**
 * What speaks against everything that the page shows, or null. The server judges the age of what it hands out;
 * a page whose polls fail hands out nothing new and has to judge for itself, by its own clock alone.
 */
export const doubtOf = ({ nowMs, nodesAtMs, checksAtMs, checksProblem }: Reading): Finding | null => {
  if (checksAtMs === 0 && checksProblem !== null) return spotGaps({ checks: checksProblem })[0] ?? null
  const oldestMs = Math.min(...[nodesAtMs, checksAtMs].filter((atMs) => atMs > 0))
  const isOld = nowMs !== null && nowMs - oldestMs > factsLimitMs
  return isOld ? findingOf('facts-stale', `this page has had no answer for more than ${factsLimitMs / 60_000} minutes`) : null
}
