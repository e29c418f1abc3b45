import 'server-only'
import type { Queryable } from '@/lib/db/client'
import { storageError } from '@/lib/db/errors'
import { findLiveSession, touchSession, type SessionRow } from '@/lib/db/queries/sessions'
import { sessionCookieName, type Env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import type { Vault } from '@/lib/vault/vault'
import { cookieOf, hashSessionId, openSessionCookie, sessionIdOf } from './session-cookie'

export type SignedIn = { row: SessionRow; token: string }

type Input = {
  request: Pick<Request, 'headers'>
  env: Pick<Env, 'secrets' | 'sessionIdleMinutes'>
  vault: Vault
  database: () => Promise<{ db: Queryable }>
  now: () => number
}

const notSignedIn = () => new AppError('not_signed_in', { detail: 'Sign in to go on. What you have selected is kept.' })

/** How a session's token is bound to its row. */
export const sessionSeal = (id: string, accountId: string) => ({ table: 'sessions', row: id, owner: accountId })

/** The token of a session. One that was sealed with a secret this server no longer has ends the session. */
const openToken = (vault: Vault, row: SessionRow): string => {
  try {
    return vault.open(row.sealedToken, sessionSeal(row.id, row.accountId))
  } catch {
    throw notSignedIn()
  }
}

/**
 * The session behind a request: a cookie of ours, opened with a secret of ours, whose row is alive. Reads
 * the cookie only; an Authorization header means nothing here. Throws `not_signed_in`, or a storage error
 * when the row cannot be read: a broken database never lets anyone in.
 */
export const readSession = async ({ request, env, vault, database, now }: Input): Promise<SignedIn> => {
  const sessionId = sessionIdOf(await openSessionCookie(env, cookieOf(request, sessionCookieName)))
  if (sessionId === null) throw notSignedIn()
  const { db } = await database()
  const at = new Date(now())
  const row = await findLiveSession(db, { id: hashSessionId(sessionId), now: at, idleMs: env.sessionIdleMinutes * 60_000 }).catch((error: unknown) => {
    throw storageError(error)
  })
  if (row === null) throw notSignedIn()
  // A database that only reads still serves pages: the time of last use is then not noted.
  await touchSession(db, row, at).catch(() => {})
  return { row, token: openToken(vault, row) }
}
