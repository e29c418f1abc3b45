import 'server-only'
import type { LogAnswer, LogQuery, LogRow } from '@/lib/contract/log'
import type { SpotClient } from '@/lib/spot/client'
import { SpotError } from '@/lib/spot/errors'
import { logLimitMax, type LogLine } from '@/lib/spot/schemas/log'
import type { Verb } from './context'

/** The vendor gives no cursor, so a full range is halved; this many calls are spent on one question at most. */
const mostCalls = 12
const smallestRangeMs = 1_000

/** A range still to be read, with the lines that a wider read already gave of it. */
type Range = { fromMs: number; toMs: number; known: LogRow[] }
type Collected = { lines: LogRow[]; isTruncated: boolean }

// `scr-` is shared by migrations and rolls; the log tells them apart no better.
const mentionedRun = /\bscr-[A-Za-z0-9]+/

const logRowOf = ({ message, severity, createdAt }: LogLine): LogRow => {
  const atMs = createdAt === null ? Number.NaN : Date.parse(createdAt)
  return { atMs: Number.isNaN(atMs) ? null : atMs, severity, message, migrationId: mentionedRun.exec(message)?.[0] ?? null }
}

/** The two halves, the newer last; a line without a time stays with the older. */
const halves = ({ fromMs, toMs }: Range, lines: LogRow[]): [Range, Range] => {
  const middle = Math.floor((fromMs + toMs) / 2)
  const isNewer = ({ atMs }: LogRow) => atMs !== null && atMs > middle
  return [
    { fromMs, toMs: middle, known: lines.filter((line) => !isNewer(line)) },
    { fromMs: middle + 1, toMs, known: lines.filter(isNewer) },
  ]
}

/** Out of calls, or of the budget: what is known of the ranges left stands in for them. */
const closed = (lines: LogRow[][], ...left: Range[]): Collected => ({ lines: [...lines, ...left.map(({ known }) => known)].flat(), isTruncated: true })

const isOutOfBudget = (error: unknown) => error instanceof SpotError && error.kind === 'rate-limited'

/** Reads newest first, so that what is missing when the calls run out is the oldest. */
const readSplit = async (spot: SpotClient, clusterId: string, { fromMs, toMs, severity }: LogQuery, signal: AbortSignal): Promise<Collected> => {
  const callsAllowed = Math.max(1, Math.floor(mostCalls / spot.pace('readLog')))
  const waiting: Range[] = [{ fromMs, toMs, known: [] }]
  const lines: LogRow[][] = []
  let isTruncated = false
  for (let calls = 0; ; calls += 1) {
    const range = waiting.pop()
    if (range === undefined) return { lines: lines.flat(), isTruncated }
    if (calls >= callsAllowed) return closed(lines, range, ...waiting)
    try {
      const read = await spot.readLog(clusterId, { fromMs: range.fromMs, toMs: range.toMs, severity, limit: logLimitMax }, { signal })
      const rows = read.data.map(logRowOf)
      const isFull = rows.length >= logLimitMax
      if (isFull && range.toMs - range.fromMs > smallestRangeMs) waiting.push(...halves(range, rows))
      else {
        isTruncated ||= isFull
        lines.push(rows)
      }
    } catch (error) {
      if (calls === 0 || !isOutOfBudget(error)) throw error
      return closed(lines, range, ...waiting)
    }
  }
}

const newestFirst = (a: LogRow, b: LogRow) => (b.atMs ?? 0) - (a.atMs ?? 0)

/** The log of a range, newest first. Wider ranges than the vendor's 1,000 lines are split and put together again. */
export const readLog: Verb<{ clusterId: string; query: LogQuery }, LogAnswer> = async ({ ctx, input: { clusterId, query } }) => {
  const { lines, isTruncated } = await readSplit(ctx.spot, clusterId, query, ctx.signal)
  return { lines: lines.toSorted(newestFirst), isTruncated, fetchedAtMs: ctx.now() }
}
