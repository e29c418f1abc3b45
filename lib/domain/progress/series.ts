import { outcomeOf, type Outcome } from '../run-rules'
import type { OutcomeCounts } from '../outcome/counts'
import type { RunChange } from './change'
import { noCounts } from './state'

/** Counts of nodes by outcome, and pods on nodes not yet moved, at one moment. */
export type SeriesPoint = { atMs: number; counts: OutcomeCounts; podsLeft: number | null }

const maxPoints = 300

const leavesPods = (outcome: Outcome) => outcome === 'toGo' || outcome === 'moving'

type Tally = { outcome: Outcome; pods: number | null }

/**
 * The run over time: one point for each moment at which something changed, thinned evenly to 300 because the
 * chart costs milliseconds a point. The first and the last moment are always kept.
 */
export const runSeries = (changes: readonly RunChange[]): SeriesPoint[] => {
  const known = new Map<string, Tally>()
  const counts = noCounts()
  let podsLeft = 0
  let unknownPods = 0
  const add = ({ outcome, pods }: Tally, sign: 1 | -1) => {
    counts[outcome] += sign
    counts.total += sign
    if (!leavesPods(outcome)) return
    if (pods === null) unknownPods += sign
    else podsLeft += sign * pods
  }
  const points: SeriesPoint[] = []
  for (const [index, change] of changes.entries()) {
    if (change.kind === 'node') {
      const before = known.get(change.body.nodeName)
      if (before) add(before, -1)
      const tally = { outcome: outcomeOf(change.body.status), pods: change.body.runningPods }
      known.set(change.body.nodeName, tally)
      add(tally, 1)
    }
    if (change.kind === 'steps') {
      const names = [...known.keys()]
      for (const [at, count] of change.body.steps) {
        const before = known.get(names[at] ?? '')
        if (!before) continue
        const after = { ...before, pods: count < 0 ? null : count }
        add(before, -1)
        add(after, 1)
        known.set(names[at] ?? '', after)
      }
    }
    const isLastOfMoment = changes[index + 1]?.atMs !== change.atMs
    if (isLastOfMoment && known.size > 0) points.push({ atMs: change.atMs, counts: { ...counts }, podsLeft: unknownPods > 0 ? null : podsLeft })
  }
  return thin(points, maxPoints)
}

/** At most `limit` of the points, evenly, the first and the last among them. */
export const thin = <Point>(points: readonly Point[], limit: number): Point[] => {
  if (points.length <= limit) return [...points]
  const step = (points.length - 1) / (limit - 1)
  return Array.from({ length: limit }, (_, index) => points[Math.round(index * step)] as Point)
}
