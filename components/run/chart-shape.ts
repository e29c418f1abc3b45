import type { Freshness } from '@/lib/contract/run'
import type { RunChange } from '@/lib/domain/progress/change'
import { runSeries, thin, type SeriesPoint } from '@/lib/domain/progress/series'
import { formatCount } from '@/lib/format/numbers'
import { clockTime, clockTimeSeconds } from '@/lib/format/time'

/** Outcomes drawn over time, from the ground up. Nodes to go are the blank above them. */
export const drawnOutcomes = ['moved', 'skipped', 'failed', 'untouched', 'unknown', 'moving'] as const
export type DrawnOutcome = (typeof drawnOutcomes)[number]

export type ChartPoint = Record<DrawnOutcome, number> & { atMs: number; toGo: number; podsLeft: number | null }
export type ChartShape = {
  points: ChartPoint[]
  fromMs: number
  untilMs: number
  ticks: number[]
  total: number
  mostPods: number
  gaps: { fromMs: number; untilMs: number }[]
}

const pointOf = ({ atMs, counts, podsLeft }: SeriesPoint): ChartPoint => ({
  atMs,
  moved: counts.moved,
  skipped: counts.skipped,
  failed: counts.failed,
  untouched: counts.untouched,
  unknown: counts.unknown,
  moving: counts.moving,
  toGo: counts.toGo,
  podsLeft,
})

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const steps = [5 * second, 10 * second, 30 * second, minute, 2 * minute, 5 * minute, 10 * minute, 30 * minute, hour, 3 * hour, 6 * hour, 12 * hour, 24 * hour]
const mostTicks = 6

/** Round moments within the range, at most six. */
export const timeTicks = (fromMs: number, untilMs: number): number[] => {
  const step = steps.find((each) => (untilMs - fromMs) / each <= mostTicks) ?? 24 * hour * Math.ceil((untilMs - fromMs) / (24 * hour * mostTicks))
  const first = Math.ceil(fromMs / step) * step
  const count = Math.max(0, Math.floor((untilMs - first) / step) + 1)
  return Array.from({ length: Math.min(count, mostTicks + 1) }, (_, index) => first + index * step)
}

/** The word under a tick: to the second when the whole range is short. */
export const tickWord = (atMs: number, rangeMs: number): string => (rangeMs < 5 * minute ? clockTimeSeconds(atMs) : clockTime(atMs))

/** As the record has it: what lasts shorter than some readings is no gap. */
const gapAfterMs = 15 * second

type Span = ChartShape['gaps'][number]

/** The gap that goes on while Spot cannot be read or nobody reads: the record knows of it when it is over. */
export const openGap = (freshness: Freshness | null, nowMs: number | null): Span[] => {
  const fromMs = freshness?.lastPolledAtMs ?? null
  if (freshness?.problem == null || fromMs === null || nowMs === null || nowMs - fromMs < gapAfterMs) return []
  return [{ fromMs, untilMs: nowMs }]
}

/** Both charts over time. A run that goes on is drawn up to `nowMs`; an ended one to its last change. */
export const chartShape = (changes: readonly RunChange[], gaps: readonly Span[], nowMs: number | null): ChartShape | null => {
  const points = runSeries(changes).map(pointOf)
  const [first] = points
  const last = points.at(-1)
  if (first === undefined || last === undefined) return null
  if (nowMs !== null && nowMs > last.atMs) points.push({ ...last, atMs: nowMs })
  const untilMs = Math.max(points.at(-1)?.atMs ?? first.atMs, first.atMs + second)
  return {
    points,
    fromMs: first.atMs,
    untilMs,
    ticks: timeTicks(first.atMs, untilMs),
    total: Math.max(...points.map((point) => drawnOutcomes.reduce((sum, outcome) => sum + point[outcome], point.toGo))),
    mostPods: Math.max(0, ...points.map(({ podsLeft }) => podsLeft ?? 0)),
    gaps: gaps.map(({ fromMs, untilMs: end }) => ({ fromMs: Math.max(fromMs, first.atMs), untilMs: end })),
  }
}

const mostRows = 24

/** `rehearsedAt` says what was rehearsed for a moment; null where nothing was. */
export const nodesTable = ({ points }: ChartShape, rehearsedAt: ((atMs: number) => string) | null) => ({
  columns: ['Time', 'Moved', ...(rehearsedAt === null ? [] : ['Rehearsed as moved']), 'Skipped', 'Failed', 'Not migrated', 'Unknown', 'In progress', 'To be migrated'],
  rows: thin(points, mostRows).map((point) => {
    const [moved = '', ...others] = [...drawnOutcomes, 'toGo' as const].map((key) => formatCount(point[key]))
    return [clockTimeSeconds(point.atMs), moved, ...(rehearsedAt === null ? [] : [rehearsedAt(point.atMs)]), ...others]
  }),
})

export const podsTable = ({ points }: ChartShape) => ({
  columns: ['Time', 'Pods left'],
  rows: thin(points, mostRows).map(({ atMs, podsLeft }) => [clockTimeSeconds(atMs), podsLeft === null ? 'not said' : formatCount(podsLeft)]),
})
