import 'server-only'
import type { LaunchState } from '@/lib/contract/launch-answer'
import type { LaunchRow } from '@/lib/db/queries/launches'
import { abandonedAfterMs } from '@/lib/live/launcher'
import type { Context } from './context'

const isOpen: Record<LaunchState, boolean> = { pending: true, sent: true, unknown: true, acked: false, rejected: false, not_found: false }

/**
 * Has a launch whose outcome is open, and that nobody looks up any more, looked up with the caller's token: the
 * starter's may have been revoked since. For callers that have seen that the token can read the cluster.
 */
export const lookUpLaunch = (ctx: Context, row: LaunchRow): void => {
  const isAbandoned = ctx.now() - (row.sentAt ?? row.createdAt).getTime() > abandonedAfterMs
  if (isOpen[row.state] && (row.state === 'unknown' || isAbandoned)) ctx.live.launcher.look(row, ctx.token)
}
