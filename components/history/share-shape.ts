import type { ManagedShareAnswer } from '@/lib/contract/managed-share'
import { managedPercent } from '@/lib/domain/managed-share'
import { counted } from '@/lib/format/plural'
import { formatCount } from '@/lib/format/numbers'
import { dayAndClock } from '@/lib/format/time'

type Point = ManagedShareAnswer['points'][number]
/** One count as it is drawn; `isLone` has no neighbour that it could be joined to. `point` is missing where a gap begins. */
export type ShareRow = { atMs: number; percent: number | null; isLone: boolean; point: Point | null }
export type ShareShape = { rows: ShareRow[]; fromMs: number; untilMs: number; ticks: number[]; gaps: { fromMs: number; untilMs: number }[] }

/** While somebody looks a count is kept every hour at least: longer apart, nobody counted in between. */
const joinMs = 75 * 60_000
/** A shorter time would have the same clock at both ends. */
const leastRangeMs = 60 * 60_000

const isJoined = (a: Point | undefined, b: Point | undefined): boolean => a !== undefined && b !== undefined && b.atMs - a.atMs <= joinMs

const rowsOf = (points: readonly Point[]): ShareRow[] =>
  points.flatMap((point, index) => {
    const isBefore = isJoined(points[index - 1], point)
    const isAfter = isJoined(point, points[index + 1])
    const row = { atMs: point.atMs, percent: managedPercent(point), isLone: !isBefore && !isAfter, point }
    return isAfter || index === points.length - 1 ? [row] : [row, { atMs: point.atMs + 1, percent: null, isLone: false, point: null }]
  })

/** The managed share over time: joined where it was counted, and nothing where it was not. Null without a count. */
export const shareShape = (points: readonly Point[]): ShareShape | null => {
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return null
  const untilMs = last.atMs
  const fromMs = Math.min(first.atMs, untilMs - leastRangeMs)
  const gaps = points.slice(1).flatMap((point, index) => {
    const before = points[index]
    return before === undefined || isJoined(before, point) ? [] : [{ fromMs: before.atMs, untilMs: point.atMs }]
  })
  return { rows: rowsOf(points), fromMs, untilMs, ticks: [fromMs, (fromMs + untilMs) / 2, untilMs], gaps }
}

/** Rounded down, so that all is said only when it is all. */
export const percentWord = (percent: number | null): string => (percent === null ? 'none to manage' : `${Math.floor(percent)} %`)

/** The last count in words, and how much of the time is not known. */
export const shareSummary = (points: readonly Point[], { gaps }: ShareShape): string => {
  const last = points.at(-1)
  if (last === undefined) return ''
  const missing = gaps.length === 0 ? '' : ` ${counted(gaps.length, 'time')} nobody counted for longer than an hour.`
  return `${percentWord(managedPercent(last))} managed at the last count: ${formatCount(last.managed)} of ${counted(last.managed + last.unmanaged, 'node')}.${missing}`
}

const mostRows = 200

/** The counts as a table, newest first. */
export const shareTable = (points: readonly Point[], nowMs: number) => ({
  columns: ['Counted', 'Managed', 'Not managed', 'System pools', 'Share'],
  rows: points
    .slice(-mostRows)
    .reverse()
    .map((point) => [dayAndClock(point.atMs, nowMs), formatCount(point.managed), formatCount(point.unmanaged), formatCount(point.system), percentWord(managedPercent(point))]),
})
