import 'server-only'
import type { LaunchAnswer } from '@/lib/contract/launch-answer'
import { findLaunch } from '@/lib/db/queries/launches'
import { AppError } from '@/lib/errors'
import { requireCluster } from './cluster-access'
import type { Verb } from './context'
import { launchAnswerOf } from './launch-view'
import { lookUpLaunch } from './look-up-launch'

/** What became of a launch. One whose outcome is open and that nobody looks up any more is looked up with the caller's token. */
export const getLaunch: Verb<{ clusterId: string; launchId: string }, LaunchAnswer> = async ({ ctx, input: { clusterId, launchId } }) => {
  await requireCluster(ctx, clusterId)
  const row = await findLaunch(ctx.db, { accountId: ctx.session.accountId, clusterId, id: launchId })
  if (row === null) throw new AppError('not_found', { detail: 'There is no such launch in this cluster.' })
  await lookUpLaunch(ctx, row)
  return launchAnswerOf(row)
}
