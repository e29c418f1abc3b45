import 'server-only'
import type { Freshness } from '@/lib/contract/run'
import type { RunRow } from '@/lib/db/queries/runs'
import { longestIntervalMs } from './interval'
import { touchEveryMs } from './recorder'

const toMs = (at: Date | null) => at?.getTime() ?? null

const untilKept = 'It is recorded while someone has it open, and goes on unattended once somebody keeps theirs.'

/** For those who hear of it: a row does not tell why its copy is gone. */
export const refusedProblem = { code: 'token_rejected', detail: `Spot no longer accepts the sign-in that was kept for this run. ${untilKept}` }

/** Refused by Spot, removed because it served no reading for long, or sealed with a key that this server lacks. */
const missingProblem = { code: 'copy_missing', detail: `No usable copy of a sign-in is kept for this run any more. ${untilKept}` }

const unkeptProblem = {
  code: 'recording_refused',
  detail: 'Nobody’s sign-in is kept for this run, so it is recorded only while someone has it open. What happens in between shows as a gap.',
}

/** Why nobody records a run, as far as its row tells. */
export const unwatchedBecause = ({ isKept }: Pick<RunRow, 'isKept'>) => (isKept ? missingProblem : unkeptProblem)

const unreadProblem = {
  code: 'upstream_unavailable',
  detail: 'The server that records this run has not read it for longer than it ever waits between readings. What stands here is of its last reading. If this stays so, look at the logs of the servers.',
}

/** Age of the last reading that a row tells beyond which readings have failed: two of the longest pauses, so that one reading may fail, and the time for which a reading is not noted. */
export const unreadAfterMs = (pollIntervalMs: number): number => 2 * longestIntervalMs(pollIntervalMs) + touchEveryMs

/** How the record of a run is kept, by its row alone: for a run that this process does not watch. */
export const freshnessOfRow = (row: RunRow, { nowMs, pollIntervalMs }: { nowMs: number; pollIntervalMs: number }): Freshness => {
  const base = { lastPolledAtMs: toMs(row.lastPolledAt), nextPollAtMs: null, problem: null }
  if (row.endedAt !== null) return { ...base, state: 'ended' }
  const isUnread = nowMs - (row.lastPolledAt ?? row.createdAt).getTime() > unreadAfterMs(pollIntervalMs)
  if (row.isHeld) return isUnread ? { ...base, state: 'waiting', problem: unreadProblem } : { ...base, state: 'live' }
  if (row.sealedToken === null) return { ...base, state: 'unwatched', problem: unwatchedBecause(row) }
  return { ...base, state: 'waiting' }
}
