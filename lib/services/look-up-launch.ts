import 'server-only'
import { isAbandoned, isOpenLaunch, type LaunchRow } from '@/lib/db/queries/launches'
import { abandonedAfterMs } from '@/lib/live/launcher'
import type { Context } from './context'

/**
 * Has a launch whose outcome is open, and that nobody looks up any more, looked up with the caller's token: the
 * starter's may have been revoked since. For callers that have seen that the token can read the cluster.
 */
export const lookUpLaunch = async (ctx: Context, row: LaunchRow): Promise<void> => {
  if (isOpenLaunch(row) && (await isAbandoned(ctx.db, row.id, abandonedAfterMs))) ctx.live.launcher.look(row, ctx.token)
}
