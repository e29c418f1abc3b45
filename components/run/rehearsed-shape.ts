import type { RunRecord } from '@/lib/contract/run'
import { formatCount } from '@/lib/format/numbers'
import { clockTimeSeconds } from '@/lib/format/time'
import { timeTicks, type ChartShape } from './chart-shape'

/** Nodes moved at a moment as they were rehearsed: the median, and where eight in ten rehearsals lie. */
export type RehearsedPoint = { atMs: number; median: number; band: [number, number] }

/** The rehearsed line on the clock of the run. Null where nothing was rehearsed or nobody knows when the run began. */
export const rehearsedPoints = ({ rehearsed }: Pick<RunRecord, 'rehearsed'>, startedAtMs: number | null): RehearsedPoint[] | null =>
  rehearsed === undefined || startedAtMs === null
    ? null
    : rehearsed.timesMs.map((tMs, index) => ({ atMs: startedAtMs + tMs, median: rehearsed.median[index] ?? 0, band: [rehearsed.low[index] ?? 0, rehearsed.high[index] ?? 0] }))

/** The same course with room for the rest of the line, as far as that leaves half of the chart to what happened. */
export const withRoomFor = (shape: ChartShape, points: readonly RehearsedPoint[]): ChartShape => {
  const fromMs = Math.min(shape.fromMs, points[0]?.atMs ?? shape.fromMs)
  const untilMs = Math.max(shape.untilMs, Math.min(points.at(-1)?.atMs ?? 0, 2 * shape.untilMs - fromMs))
  return { ...shape, fromMs, untilMs, ticks: timeTicks(fromMs, untilMs) }
}

const textOf = ({ median, band: [low, high] }: RehearsedPoint): string =>
  low === high ? formatCount(median) : `${formatCount(median)} (${formatCount(low)} to ${formatCount(high)})`

/** Nodes that the rehearsals had moved by a moment. */
export const rehearsedText = (points: readonly RehearsedPoint[], atMs: number): string => {
  const point = points.findLast((each) => each.atMs <= atMs)
  return point === undefined ? formatCount(0) : textOf(point)
}

/** The line in one sentence, for those who do not see it. */
export const rehearsedSummary = (points: readonly RehearsedPoint[]): string => {
  const last = points.at(-1)
  return last === undefined ? '' : `Rehearsed: ${textOf(last)} moved by ${clockTimeSeconds(last.atMs)}.`
}

type Place = (value: number) => number

/** Where the line and its band are drawn up to a moment: paths of an SVG, given where a moment and a number of nodes stand. */
export const rehearsedPaths = (all: readonly RehearsedPoint[], untilMs: number, x: Place, y: Place): { median: string; band: string } => {
  const points = all.filter(({ atMs }) => atMs <= untilMs)
  if (points.length === 0) return { median: '', band: '' }
  const through = (corners: readonly (readonly [number, number])[]) => corners.map(([atMs, nodes]) => `${x(atMs).toFixed(1)},${y(nodes).toFixed(1)}`).join(' L')
  const low = points.map(({ atMs, band }) => [atMs, band[0]] as const)
  const high = points.map(({ atMs, band }) => [atMs, band[1]] as const)
  return { median: `M${through(points.map(({ atMs, median }) => [atMs, median] as const))}`, band: `M${through([...low, ...high.toReversed()])} Z` }
}
