import 'server-only'
import type { Verb } from './context'

/** Signs out. A run that is being recorded goes on with the sealed copy of its own. */
export const signOut: Verb<void, { signedOut: true }> = async ({ ctx }) => {
  await ctx.endSession()
  ctx.log.info({ requestId: ctx.requestId, accountId: ctx.session.accountId }, 'signed out')
  return { signedOut: true }
}
