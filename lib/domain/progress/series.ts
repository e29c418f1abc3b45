import { outcomeWithin } from '../run-rules'
import type { OutcomeCounts } from '../outcome/counts'
import type { RunChange } from './change'
import type { LandingFacts } from './landing-facts'
import { leavesPods } from './pods-left'
import { isRunOver, noCounts } from './state'

/** Counts of nodes by outcome, and pods left on old nodes, at one moment. */
export type SeriesPoint = { atMs: number; counts: OutcomeCounts; podsLeft: number | null }

const maxPoints = 300

type Tally = { status: string; pods: number | null; isGone: boolean }

/** Which nodes each look found to be gone, or back. What the first look does not find may never have been there. */
const makeLooks = () => {
  let isFirst = true
  return ({ problem, goneOld, backOld }: LandingFacts): [name: string, isGone: boolean][] => {
    if (problem !== null) return []
    const told = isFirst ? [] : goneOld.map((name): [string, boolean] => [name, true])
    isFirst = false
    return [...told, ...backOld.map((name): [string, boolean] => [name, false])]
  }
}

/**
 * The run over time: one point for each moment at which something changed, thinned evenly to 300 because the
 * chart costs milliseconds a point. The first and the last moment are always kept.
 */
export const runSeries = (changes: readonly RunChange[]): SeriesPoint[] => {
  const known = new Map<string, Tally>()
  const counts = noCounts()
  let podsLeft = 0
  let unknownPods = 0
  const looked = makeLooks()
  let isOver = false
  const add = ({ status, pods, isGone }: Tally, sign: 1 | -1) => {
    const outcome = outcomeWithin(status, isOver)
    counts[outcome] += sign
    counts.total += sign
    if (isGone || !leavesPods(outcome)) return
    if (pods === null) unknownPods += sign
    else podsLeft += sign * pods
  }
  const replace = (name: string, before: Tally | undefined, after: Tally) => {
    if (before) add(before, -1)
    add(after, 1)
    known.set(name, after)
  }
  /** What has no end when the run is over has an unknown one from then on. */
  const end = (is: boolean) => {
    if (is === isOver) return
    for (const tally of known.values()) add(tally, -1)
    isOver = is
    for (const tally of known.values()) add(tally, 1)
  }
  const points: SeriesPoint[] = []
  for (const [index, change] of changes.entries()) {
    if (change.kind === 'run') end(isRunOver({ facts: change.body }))
    if (change.kind === 'node') {
      const { nodeName, status, runningPods } = change.body
      const before = known.get(nodeName)
      replace(nodeName, before, { status, pods: runningPods, isGone: before?.isGone ?? false })
    }
    if (change.kind === 'steps') {
      const names = [...known.keys()]
      for (const [at, count] of change.body.steps) {
        const before = known.get(names[at] ?? '')
        if (before) replace(names[at] ?? '', before, { ...before, pods: count < 0 ? null : count })
      }
    }
    if (change.kind === 'landing') {
      for (const [name, isGone] of looked(change.body)) {
        const before = known.get(name)
        if (before) replace(name, before, { ...before, isGone })
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
