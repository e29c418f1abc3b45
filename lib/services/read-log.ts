import 'server-only'
import type { LogAnswer, LogQuery, LogRow } from '@/lib/contract/log'
import { logLimitMax, type LogLine } from '@/lib/spot/schemas/log'
import type { SpotClient } from '@/lib/spot/client'
import type { Verb } from './context'

/** The vendor gives no cursor, so a full range is halved; this many calls are spent on one question. */
const mostCalls = 12
const smallestRangeMs = 1_000

type Range = { fromMs: number; toMs: number }

const readSplit = async (spot: SpotClient, clusterId: string, query: LogQuery): Promise<{ lines: LogLine[]; isTruncated: boolean }> => {
  const lines: LogLine[] = []
  // Newest first: when the calls run out, what is missing is the oldest.
  const waiting: Range[] = [{ fromMs: query.fromMs, toMs: query.toMs }]
  let calls = 0
  let isTruncated = false
  for (let range = waiting.pop(); range !== undefined; range = waiting.pop()) {
    if (calls >= mostCalls) return { lines, isTruncated: true }
    calls += 1
    const { data } = await spot.readLog(clusterId, { ...range, severity: query.severity, limit: logLimitMax })
    const isFull = data.length >= logLimitMax
    if (isFull && range.toMs - range.fromMs > smallestRangeMs) {
      const middle = Math.floor((range.fromMs + range.toMs) / 2)
      waiting.push({ fromMs: range.fromMs, toMs: middle }, { fromMs: middle + 1, toMs: range.toMs })
      continue
    }
    isTruncated ||= isFull
    lines.push(...data)
  }
  return { lines, isTruncated }
}

const mentionedRun = /\bscr-[A-Za-z0-9]+/

export const logRowOf = ({ message, severity, createdAt }: LogLine): LogRow => {
  const atMs = createdAt === null ? Number.NaN : Date.parse(createdAt)
  return { atMs: Number.isNaN(atMs) ? null : atMs, severity, message, migrationId: mentionedRun.exec(message)?.[0] ?? null }
}

/** The log of a range, newest first. */
export const readLog: Verb<{ clusterId: string; query: LogQuery }, LogAnswer> = async ({ ctx, input: { clusterId, query } }) => {
  const { lines, isTruncated } = await readSplit(ctx.spot, clusterId, query)
  const rows = lines.map(logRowOf).sort((a, b) => (b.atMs ?? 0) - (a.atMs ?? 0))
  return { lines: rows, isTruncated, fetchedAtMs: ctx.now() }
}
