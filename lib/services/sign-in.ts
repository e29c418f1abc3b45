import 'server-only'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { signInRequest } from '@/lib/contract/session'
import type { Database } from '@/lib/db/client'
import { insertSession, deleteExpiredSessions } from '@/lib/db/queries/sessions'
import { countFailedAttempts, deleteOldAttempts, recordFailedAttempt } from '@/lib/db/queries/sign-in-attempts'
import { storageError } from '@/lib/db/errors'
import { AppError } from '@/lib/errors'
import { SpotError, toAppError } from '@/lib/spot/errors'
import type { SpotClient } from '@/lib/spot/client'

export type SignInDeps = {
  db: Database
  spotFor: (credentials: { token: string; accountId: string | null; organizationId: string | null }) => SpotClient
  seal: (sessionHash: string, accountId: string, token: string) => string
  newSession: () => { sessionId: string; hash: string }
  now: () => number
  idleMs: number
  maxMs: number
}

const windowMs = 10 * 60_000
const failuresAllowed = 10

const hash = (text: string) => createHash('sha256').update(`slipway sign-in ${text}`).digest('hex')

type Keys = { addressHash: string; tokenHash: string }
export const throttleKeys = (address: string, token: string): Keys => ({ addressHash: hash(`address ${address}`), tokenHash: hash(`token ${token}`) })

/** Refuses when this address or this token has failed too often lately. Counted in the database, so every replica sees it. */
export const requireAttempt = async ({ db, now }: Pick<SignInDeps, 'db' | 'now'>, keys: Keys): Promise<void> => {
  const { count, oldest } = await countFailedAttempts(db, { ...keys, since: new Date(now() - windowMs) }).catch((error: unknown) => {
    throw storageError(error)
  })
  if (count < failuresAllowed) return
  const retryAfterSeconds = Math.max(1, Math.ceil(((oldest?.getTime() ?? now()) + windowMs - now()) / 1000))
  throw new AppError('too_many_attempts', { detail: `Too many attempts to sign in failed. Wait ${Math.ceil(retryAfterSeconds / 60)} min, then try again.`, retryAfterSeconds })
}

const countsAsFailure = (error: unknown) => error instanceof SpotError && (error.kind === 'unauthorized' || error.kind === 'forbidden')

/** Runs what proves a token; a refusal is counted. */
export const attempt = async <Result>(deps: Pick<SignInDeps, 'db' | 'now'>, keys: Keys, prove: () => Promise<Result>): Promise<Result> => {
  await requireAttempt(deps, keys)
  try {
    return await prove()
  } catch (error) {
    if (countsAsFailure(error)) await recordFailedAttempt(deps.db, { ...keys, now: new Date(deps.now()) })
    throw error instanceof SpotError ? toAppError(error) : error
  }
}

/** The account's name and organisation where the token may list accounts. */
const describeAccount = async (spot: SpotClient, accountId: string) => {
  try {
    const { data } = await spot.listAccounts()
    return data.find((known) => known.accountId === accountId) ?? null
  } catch (error) {
    if (error instanceof SpotError && error.kind === 'forbidden') return null
    throw error
  }
}

/**
 * Proves the token by listing the account's clusters, and opens a session with a new id. Throws
 * `token_rejected`, `token_not_permitted`, `too_many_attempts`, an upstream or a storage error.
 */
export const signIn = async (deps: SignInDeps, given: unknown, address: string): Promise<{ sessionId: string }> => {
  const parsed = signInRequest.safeParse(given)
  if (!parsed.success) throw new AppError('invalid_input', { detail: z.prettifyError(parsed.error) })
  const { token, accountId, displayName } = parsed.data
  const spot = deps.spotFor({ token, accountId, organizationId: null })
  const account = await attempt(deps, throttleKeys(address, token), async () => {
    await spot.listClusters({ fresh: true })
    return describeAccount(spot, accountId)
  })
  const { sessionId, hash: id } = deps.newSession()
  const at = new Date(deps.now())
  await insertSession(deps.db, {
    id,
    accountId,
    accountName: account?.name ?? null,
    organizationId: account?.organizationId ?? null,
    displayName,
    sealedToken: deps.seal(id, accountId, token),
    createdAt: at,
    lastSeenAt: at,
    expiresAt: new Date(at.getTime() + deps.maxMs),
  }).catch((error: unknown) => {
    throw storageError(error)
  })
  await tidy(deps, at)
  return { sessionId }
}

const tidy = async ({ db, idleMs }: SignInDeps, now: Date) => {
  await deleteExpiredSessions(db, { now, idleMs }).catch(() => {})
  await deleteOldAttempts(db, new Date(now.getTime() - windowMs)).catch(() => {})
}
