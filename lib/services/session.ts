import 'server-only'
import type { BudgetAnswer, SessionAnswer } from '@/lib/contract/session'
import { storageError } from '@/lib/db/errors'
import { deleteSession } from '@/lib/db/queries/sessions'
import type { Verb } from './context'

/** Who is signed in, to what. Never the token. */
export const getSession: Verb<Record<never, never>, SessionAnswer> = async ({ ctx: { session, installation } }) => ({
  accountId: session.accountId,
  accountName: session.accountName,
  displayName: session.displayName,
  expiresAtMs: session.expiresAtMs,
  ...installation,
})

/** Ends the session on the server: its row goes, its streams close. A copy of the cookie opens nothing any more. */
export const signOut: Verb<Record<never, never>, { isSignedOut: true }> = async ({ ctx }) => {
  await deleteSession(ctx.db, ctx.session.sessionId).catch((error: unknown) => {
    throw storageError(error)
  })
  ctx.live.closeSession(ctx.session.sessionId)
  return { isSignedOut: true }
}

/** What is left of the organisation's API budget, as the last answers said. */
export const getBudget: Verb<Record<never, never>, BudgetAnswer> = async ({ ctx }) => {
  const { busiest, routes } = ctx.spot.budget()
  const known = routes.filter((route) => route.limit !== null && route.remaining !== null)
  const view = (route: (typeof routes)[number]) => ({ route: route.call, limit: route.limit ?? 0, remaining: route.remaining ?? 0, resetsAtMs: route.resetsAtMs ?? ctx.now(), blockedUntilMs: route.blockedUntilMs })
  return { busiest: busiest === null || busiest.limit === null ? null : view(busiest), routes: known.map(view) }
}
