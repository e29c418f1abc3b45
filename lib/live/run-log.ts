import 'server-only'
import type { LogFacts, NewRunChange } from '@/lib/domain/progress/change'
import type { RunState } from '@/lib/domain/progress/state'
import type { SpotClient } from '@/lib/spot/client'
import type { LogLine } from '@/lib/spot/schemas/log'

/** The upstream's clock and ours differ; lines are also indexed late. */
const slackMs = 60_000
const words = /[\w.-]+/g
const anyRun = /\bscr-[A-Za-z0-9]+/g

const toMs = (text: string | null): number | null => {
  const ms = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}

const keyOf = ({ loggedAtMs, message }: LogFacts) => `${loggedAtMs} ${message}`

type Run = { clusterId: string; migrationId: string; fromMs: number }

/**
 * A line belongs to the run when it names it or one of its nodes, or speaks of the migration and names no other
 * run. One that names none counts from the run's own start on, which is on Spot's clock like the line: the
 * sentence of a run that failed just before must not become this one's.
 */
const isAbout = ({ message, loggedAtMs }: LogFacts, { migrationId, fromMs }: Run, nodes: RunState['nodes']): boolean => {
  const named = message.match(anyRun)
  if (named !== null) return named.includes(migrationId)
  const isSince = loggedAtMs === null || loggedAtMs >= fromMs
  return isSince && (/\bmigration\b/i.test(message) || (message.match(words) ?? []).some((word) => nodes.has(word)))
}

/** Reads what the cluster's log says of a run: each line once, from where the last reading ended. */
export const createRunLog = (spot: SpotClient, run: Run, recorded: readonly LogFacts[]) => {
  const seen = new Set(recorded.map(keyOf))
  let fromMs = recorded.reduce((latest, { loggedAtMs }) => Math.max(latest, (loggedAtMs ?? 0) - slackMs), run.fromMs - slackMs)

  const factsOf = ({ message, severity, createdAt }: LogLine): LogFacts => ({ loggedAtMs: toMs(createdAt), severity, message })

  return async (nodes: RunState['nodes'], nowMs: number, signal: AbortSignal): Promise<NewRunChange[]> => {
    const { data } = await spot.readLog(run.clusterId, { fromMs: Math.max(0, Math.round(fromMs)), toMs: Math.round(nowMs + slackMs) }, { fresh: true, signal })
    const lines = data.map(factsOf).filter((line) => !seen.has(keyOf(line)))
    const ours = lines.filter((line) => isAbout(line, run, nodes)).sort((a, b) => (a.loggedAtMs ?? 0) - (b.loggedAtMs ?? 0))
    for (const line of ours) {
      seen.add(keyOf(line))
      fromMs = Math.max(fromMs, (line.loggedAtMs ?? 0) - slackMs)
    }
    return ours.map((body) => ({ kind: 'log', body }))
  }
}
