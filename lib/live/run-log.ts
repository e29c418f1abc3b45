import 'server-only'
import type { LogFacts, NewRunChange } from '@/lib/domain/progress/change'
import type { RunState } from '@/lib/domain/progress/state'
import type { SpotClient } from '@/lib/spot/client'
import { logLimitMax, type LogLine } from '@/lib/spot/schemas/log'
import { createLogBound, missingHere } from './log-bound'

/** Lines are indexed late, and the clocks of two well-kept hosts differ by less. */
const slackMs = 60_000
/** How far this host's clock may be behind Spot's: a line that seems to come from the future is asked for too. */
const behindMs = 60 * 60_000
const words = /[\w.-]+/g
const anyRun = /\bscr-[A-Za-z0-9]+/g

const toMs = (text: string | null): number | null => {
  const ms = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}

const keyOf = ({ loggedAtMs, message }: LogFacts) => `${loggedAtMs} ${message}`

/** Calls spent on one reading at the most; a full answer takes two more. */
const mostCalls = 7
const smallestRangeMs = 1_000

type LogReader = Pick<SpotClient, 'readLog'>
type Range = { fromMs: number; toMs: number }
type Collected = { lines: LogLine[]; leftOut: Range[] }

/** Where a range ends by our clock: what is asked for beyond it seldom holds a line. */
const endOf = ({ fromMs, toMs }: Range, nowMs: number) => (fromMs < nowMs - smallestRangeMs ? Math.min(toMs, nowMs) : toMs)

/** Spot gives at most 1,000 lines and no cursor, so a range that is full is read in halves. `leftOut`: ranges that stayed full. */
const readAll = async (spot: LogReader, clusterId: string, range: Range, nowMs: number, signal: AbortSignal): Promise<Collected> => {
  const waiting = [range]
  const all: Collected = { lines: [], leftOut: [] }
  for (let calls = 1; ; calls += 1) {
    const next = waiting.pop()
    if (next === undefined) return all
    const { data } = await spot.readLog(clusterId, { ...next, limit: logLimitMax }, { fresh: true, signal })
    const middle = Math.floor((next.fromMs + endOf(next, nowMs)) / 2)
    if (data.length >= logLimitMax && next.toMs - next.fromMs > smallestRangeMs && calls + waiting.length + 2 <= mostCalls) {
      waiting.push({ fromMs: middle + 1, toMs: next.toMs }, { fromMs: next.fromMs, toMs: middle })
      continue
    }
    all.lines.push(...data)
    if (data.length >= logLimitMax) all.leftOut.push(next)
  }
}

/** Stands in the log where lines are missing. */
const missing = (range: Range, nowMs: number): LogFacts => ({
  loggedAtMs: range.fromMs,
  severity: 'WARN',
  message: `${missingHere}from ${new Date(range.fromMs).toISOString()} to ${new Date(endOf(range, nowMs)).toISOString()} the cluster logged more than Spot gives at once. The Log page can read this span again.`,
})

/**
 * When the run began and, once it is over, ended: by Spot's clock, as far as that is known. Asked anew each time,
 * because a launch only knows its own, and the end is yet to come.
 */
type Run = { clusterId: string; migrationId: string; startedAtMs: () => number; endedAtMs: () => number | null }

/**
 * A line belongs to the run when it names it or one of its nodes, or speaks of the migration and names no other
 * run. One that names none counts from the run's own start to its end, which are on Spot's clock like the line: the
 * sentence of a run that failed before or after must not become this one's.
 */
const isAbout = ({ message, loggedAtMs }: LogFacts, { migrationId, startedAtMs, endedAtMs }: Run, nodes: RunState['nodes']): boolean => {
  const named = message.match(anyRun)
  if (named !== null) return named.includes(migrationId)
  const isWithin = loggedAtMs === null || (loggedAtMs >= startedAtMs() && loggedAtMs <= (endedAtMs() ?? Infinity) + slackMs)
  return isWithin && (/\bmigration\b/i.test(message) || (message.match(words) ?? []).some((word) => nodes.has(word)))
}

/** Reads what the cluster's log says of a run: each line once, from where the last reading ended, and no more than its record has room for. */
export const createRunLog = (spot: LogReader, run: Run, recorded: readonly LogFacts[]) => {
  const seen = new Set(recorded.map(keyOf))
  const bounded = createLogBound(run.migrationId, recorded)
  let fromMs = recorded.reduce((latest, { loggedAtMs }) => Math.max(latest, (loggedAtMs ?? 0) - slackMs), 0)

  const factsOf = ({ message, severity, createdAt }: LogLine): LogFacts => ({ loggedAtMs: toMs(createdAt), severity, message })

  return async (nodes: RunState['nodes'], nowMs: number, signal: AbortSignal): Promise<NewRunChange[]> => {
    const sinceMs = Math.max(fromMs, run.startedAtMs() - slackMs)
    const { lines, leftOut } = await readAll(spot, run.clusterId, { fromMs: Math.max(0, Math.round(sinceMs)), toMs: Math.round(nowMs + behindMs) }, nowMs, signal)
    const read = lines.map(factsOf)
    const ours = read.filter((line) => isAbout(line, run, nodes))
    const fresh = [...ours, ...leftOut.map((range) => missing(range, nowMs))].filter((line) => !seen.has(keyOf(line))).sort((a, b) => (a.loggedAtMs ?? 0) - (b.loggedAtMs ?? 0))
    const kept = bounded(fresh, nodes.size)
    for (const line of kept) seen.add(keyOf(line))
    // Whoever's lines they are: of a cluster that says much, only what is new is asked for.
    fromMs = read.reduce((latest, { loggedAtMs }) => Math.max(latest, Math.min(loggedAtMs ?? 0, nowMs) - slackMs), sinceMs)
    return kept.map((body) => ({ kind: 'log', body }))
  }
}
