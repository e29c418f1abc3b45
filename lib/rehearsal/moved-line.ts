import { quantile } from '@/lib/domain/forecast/quantile'
import { nodeStatuses } from '@/lib/domain/run-rules'
import type { RehearsedRun } from './run-once'

/** Nodes moved at each of `timesMs` since the launch: the median of the rehearsals and where eight in ten of them lie. */
export type MovedLine = { timesMs: number[]; median: number[]; low: number[]; high: number[] }

const points = 60
const moved = nodeStatuses.indexOf('REPLACED')

/** When nodes were moved in one run, in order. */
const moveTimes = ({ changes }: RehearsedRun): number[] => changes.flatMap(([tMs, , status]) => (status === moved ? [tMs] : []))

/** How many of the sorted times are at or before each grid point. */
const countsAt = (times: readonly number[], grid: readonly number[]): number[] => {
  let passed = 0
  return grid.map((tMs) => {
    while (passed < times.length && (times[passed] ?? 0) <= tMs) passed += 1
    return passed
  })
}

/** The line that the run page draws under what really happens. A run that is over stays where it ended. */
export const movedLineOf = (runs: readonly RehearsedRun[]): MovedLine => {
  const endMs = Math.max(0, ...runs.map(({ durationMs }) => durationMs))
  const timesMs = Array.from({ length: points + 1 }, (_, index) => Math.round((index * endMs) / points))
  const counts = runs.map((run) => countsAt(moveTimes(run), timesMs))
  const across = (share: number) => timesMs.map((_, index) => quantile(counts.map((row) => row[index] ?? 0), share))
  return { timesMs, median: across(0.5), low: across(0.1), high: across(0.9) }
}
