import { quantile } from '@/lib/domain/forecast/quantile'
import { nodeStatuses, outcomeOf, type NodeStatus, type RunStatus } from '@/lib/domain/run-rules'
import { movedLineOf, type MovedLine } from './moved-line'
import type { RehearsedRun } from './run-once'

/** What is likely to become of a node, and in how many of the rehearsals it did. */
export type NodeForecast = {
  nodeName: string
  status: NodeStatus
  runs: number
  /** Why, each with the number of rehearsals that gave it; the most frequent first. Empty for a node that moves. */
  reasons: { reason: string; runs: number }[]
}

/** `runs`: in how many of the rehearsals; `pods` or `nodes`: the median of those. */
export type StrandedForecast = { workload: string; runs: number; pods: number; reason: string; wasPending: boolean }
export type MissingForecast = { sentence: string; runs: number; nodes: number }

export type RehearsalSummary = {
  runs: number
  durations: { minMs: number; lowMs: number; medianMs: number; highMs: number; maxMs: number; allMs: number[] }
  statuses: { status: RunStatus; runs: number; causes: string[] }[]
  /** Every planned node, in the plan's order. */
  nodes: NodeForecast[]
  /** Medians over the rehearsals. */
  counts: { moved: number; skipped: number; failed: number; untouched: number }
  stranded: StrandedForecast[]
  missing: MissingForecast[]
  line: MovedLine
}

const byRuns = (a: { runs: number }, b: { runs: number }) => b.runs - a.runs

const tally = <Key>(keys: Iterable<Key>): Map<Key, number> => {
  const counts = new Map<Key, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** The outcome seen most often; of two that are equally frequent the one that is not `moved`. */
const mostFrequent = (counts: ReadonlyMap<number, number>): [number, number] =>
  [...counts].reduce((best, entry) => (entry[1] > best[1] || (entry[1] === best[1] && entry[0] !== moved && best[0] === moved) ? entry : best), [moved, 0])

const moved = nodeStatuses.indexOf('REPLACED')
const untouched = nodeStatuses.indexOf('DID_NOT_REPLACE')

const reasonsByNode = (runs: readonly RehearsedRun[]) =>
  runs.map(({ reasons, cause }) => {
    const own = new Map(reasons)
    return (index: number, status: number): string | null => (status === untouched ? cause : (own.get(index) ?? null))
  })

const forecastNodes = (nodeNames: readonly string[], runs: readonly RehearsedRun[]): NodeForecast[] => {
  const reasonIn = reasonsByNode(runs)
  return nodeNames.map((nodeName, index) => {
    const [status, count] = mostFrequent(tally(runs.map(({ outcomes }) => outcomes[index] ?? untouched)))
    const heard = runs.flatMap(({ outcomes }, run) => {
      const own = outcomes[index] ?? untouched
      return own === moved ? [] : (reasonIn[run]?.(index, own) ?? [])
    })
    const reasons = [...tally(heard)].map(([reason, times]) => ({ reason, runs: times })).sort(byRuns)
    return { nodeName, status: nodeStatuses[status] ?? 'DID_NOT_REPLACE', runs: count, reasons }
  })
}

const statusesOf = (runs: readonly RehearsedRun[]): RehearsalSummary['statuses'] =>
  [...tally(runs.map(({ status }) => status))]
    .map(([status, count]) => ({ status, runs: count, causes: [...new Set(runs.flatMap((run) => (run.status === status && run.cause !== null ? [run.cause] : [])))] }))
    .sort(byRuns)

const countOutcome = ({ outcomes }: RehearsedRun, outcome: string): number => outcomes.filter((place) => outcomeOf(nodeStatuses[place] ?? '') === outcome).length

const countsOf = (runs: readonly RehearsedRun[]): RehearsalSummary['counts'] => {
  const medianOf = (outcome: string) => Math.round(quantile(runs.map((run) => countOutcome(run, outcome)), 0.5))
  return { moved: medianOf('moved'), skipped: medianOf('skipped'), failed: medianOf('failed'), untouched: medianOf('untouched') }
}

/** Joins rows of several rehearsals that speak of the same thing; the median of their sizes. */
const joined = <Row>(rows: readonly Row[], keyOf: (row: Row) => string, sizeOf: (row: Row) => number) => {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row])
  return [...groups.values()].map((group) => ({ first: group[0] as Row, runs: group.length, size: Math.round(quantile(group.map(sizeOf), 0.5)) })).sort(byRuns)
}

const strandedOf = (runs: readonly RehearsedRun[]): StrandedForecast[] =>
  joined(runs.flatMap(({ stranded }) => stranded), ({ workload, wasPending }) => `${workload} ${wasPending}`, ({ pods }) => pods).map(({ first, runs: count, size }) => ({ ...first, runs: count, pods: size }))

const missingOf = (runs: readonly RehearsedRun[]): MissingForecast[] =>
  joined(runs.flatMap(({ missing }) => missing), ({ sentence }) => sentence, ({ nodes }) => nodes).map(({ first, runs: count, size }) => ({ sentence: first.sentence, runs: count, nodes: size }))

const durationsOf = (runs: readonly RehearsedRun[]): RehearsalSummary['durations'] => {
  const allMs = runs.map(({ durationMs }) => durationMs)
  const at = (share: number) => Math.round(quantile(allMs, share))
  return { minMs: at(0), lowMs: at(0.1), medianMs: at(0.5), highMs: at(0.9), maxMs: at(1), allMs }
}

/** What several rehearsals of one plan say together. There is at least one. */
export const summarise = (nodeNames: readonly string[], runs: readonly RehearsedRun[]): RehearsalSummary => ({
  runs: runs.length,
  durations: durationsOf(runs),
  statuses: statusesOf(runs),
  nodes: forecastNodes(nodeNames, runs),
  counts: countsOf(runs),
  stranded: strandedOf(runs),
  missing: missingOf(runs),
  line: movedLineOf(runs),
})

/** The run whose duration is closest to the median: the one that is shown in time. */
export const typicalRun = (runs: readonly RehearsedRun[]): RehearsedRun | null => {
  const medianMs = quantile(runs.map(({ durationMs }) => durationMs), 0.5)
  const distance = ({ durationMs }: RehearsedRun) => Math.abs(durationMs - medianMs)
  return runs.reduce<RehearsedRun | null>((best, run) => (best === null || distance(run) < distance(best) ? run : best), null)
}
