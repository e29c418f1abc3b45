import 'server-only'
import type { Freshness } from '@/lib/contract/run'
import type { RunRow } from '@/lib/db/queries/runs'

const toMs = (at: Date | null) => at?.getTime() ?? null

const unwatchedProblem = {
  code: 'token_rejected',
  detail: 'Spot no longer accepts the sign-in that was kept for this run. It is recorded while someone has it open, and goes on unattended once somebody keeps theirs.',
}

const unkeptProblem = {
  code: 'recording_refused',
  detail: 'Nobody’s sign-in is kept for this run, so it is recorded only while someone has it open. What happens in between shows as a gap.',
}

/** Why nobody records a run. */
export const unwatchedBecause = ({ isKept }: Pick<RunRow, 'isKept'>) => (isKept ? unwatchedProblem : unkeptProblem)

/** How the record of a run is kept, by its row alone: for a run that this process does not watch. */
export const freshnessOfRow = (row: RunRow): Freshness => {
  const base = { lastPolledAtMs: toMs(row.lastPolledAt), nextPollAtMs: null, problem: null }
  if (row.endedAt !== null) return { ...base, state: 'ended' }
  if (row.isHeld) return { ...base, state: 'live' }
  if (row.sealedToken === null) return { ...base, state: 'unwatched', problem: unwatchedBecause(row) }
  return { ...base, state: 'waiting' }
}
