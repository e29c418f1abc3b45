import type { RunSummary } from '@/lib/contract/run'
import { runStatuses, type RunStatus } from '@/lib/domain/run-rules'

/** The vendor's statuses, and one filter for all that are not among them. */
export const statusGroups = [...runStatuses, 'OTHER'] as const
export type StatusGroup = RunStatus | 'OTHER'

export const statusGroupOf = (status: string): StatusGroup => runStatuses.find((known) => known === status.toUpperCase()) ?? 'OTHER'

export type RunsFilter = { search: string; status: readonly StatusGroup[]; sinceMs: number | null }

const passes = (run: RunSummary, words: readonly string[], { sinceMs }: RunsFilter): boolean => {
  // A run without a start cannot be said to lie outside the period.
  if (sinceMs !== null && run.startedAtMs !== null && run.startedAtMs < sinceMs) return false
  const text = [run.migrationId, run.comment, run.startedBy, ...(run.nodePoolNames ?? [])].join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}

const wordsOf = (search: string) => search.toLowerCase().split(/\s+/).filter((word) => word !== '')

export const filterRuns = (runs: readonly RunSummary[], filter: RunsFilter): RunSummary[] => {
  const words = wordsOf(filter.search)
  return runs.filter((run) => passes(run, words, filter) && (filter.status.length === 0 || filter.status.includes(statusGroupOf(run.status))))
}

/** How many runs each status filter would show, the other filters as they are. */
export const statusCounts = (runs: readonly RunSummary[], filter: RunsFilter): Record<StatusGroup, number> => {
  const words = wordsOf(filter.search)
  const counts: Record<StatusGroup, number> = { IN_PROGRESS: 0, COMPLETED: 0, PARTLY_COMPLETED: 0, FAILED: 0, STOPPED: 0, OTHER: 0 }
  for (const run of runs) if (passes(run, words, filter)) counts[statusGroupOf(run.status)] += 1
  return counts
}
