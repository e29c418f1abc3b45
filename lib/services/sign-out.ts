import 'server-only'
import type { Verb } from './context'
import { keptRuns } from './list-recordings'

/**
 * Signs out. A run that is being recorded goes on with the sealed copy of its own, unless the person takes
 * those back: then they are removed before the session is.
 */
export const signOut: Verb<{ isWithdrawing: boolean }, { signedOut: true }> = async ({ ctx, input: { isWithdrawing } }) => {
  if (isWithdrawing) for (const { id } of await keptRuns(ctx)) await ctx.live.withdraw(id, ctx.token)
  await ctx.endSession()
  ctx.log.info({ requestId: ctx.requestId, accountId: ctx.session.accountId }, 'signed out')
  return { signedOut: true }
}
