import 'server-only'
import type { LaunchAnswer } from '@/lib/contract/launch-answer'
import type { LaunchRow } from '@/lib/db/queries/launches'

/** A launch as the browser sees it: without the token and the stored payload. */
export const launchAnswerOf = (row: LaunchRow): LaunchAnswer => ({
  launchId: row.id,
  clusterId: row.clusterId,
  state: row.state,
  mark: row.mark,
  migrationId: row.migrationId,
  startedBy: row.displayName,
  createdAtMs: row.createdAt.getTime(),
  problem: row.problem,
})
