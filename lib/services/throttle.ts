import 'server-only'
import { createHash } from 'node:crypto'
import type { Database } from '@/lib/db/client'
import { countAttempts, deleteAttempt, recordAttempt } from '@/lib/db/queries/sign-in-attempts'
import { AppError } from '@/lib/errors'
import { SpotError } from '@/lib/spot/errors'

export const throttleWindowMs = 10 * 60_000
export const failuresAllowed = 10

const hash = (text: string) => createHash('sha256').update(`slipway sign-in ${text}`).digest('hex')

/** Whose failures count together: those of one address, and those of one token from anywhere. */
export type ThrottleKeys = { addressHash: string; tokenHash: string }
export const throttleKeys = (address: string, token: string): ThrottleKeys => ({ addressHash: hash(`address ${address}`), tokenHash: hash(`token ${token}`) })

type Deps = { db: Database; now: () => number }

const tooMany = (retryAfterMs: number) =>
  new AppError('too_many_attempts', {
    detail: 'Too many attempts to sign in failed. Wait until the time is over, then try again with a token that works.',
    retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1000)),
  })

const isRefusal = (error: unknown) => error instanceof SpotError && (error.kind === 'unauthorized' || error.kind === 'forbidden')

const reserve = async ({ db, now }: Deps, keys: ThrottleKeys): Promise<number> => {
  const at = now()
  const id = await recordAttempt(db, { ...keys, now: new Date(at) })
  const { count, oldest } = await countAttempts(db, { ...keys, since: new Date(at - throttleWindowMs), beforeId: id })
  if (count < failuresAllowed) return id
  // A refused attempt does not count: otherwise whoever keeps trying could lock others out for good.
  await deleteAttempt(db, id)
  throw tooMany((oldest?.getTime() ?? at) + throttleWindowMs - at)
}

/**
 * Runs what proves a token, unless this address or this token has failed too often lately. Counted in the
 * database: every replica sees it, and a restart forgets nothing. Throws `too_many_attempts`.
 */
export const throttled = async <Result>(deps: Deps, keys: ThrottleKeys, prove: () => Promise<Result>): Promise<Result> => {
  const id = await reserve(deps, keys)
  try {
    const result = await prove()
    await deleteAttempt(deps.db, id)
    return result
  } catch (error) {
    if (!isRefusal(error)) await deleteAttempt(deps.db, id)
    throw error
  }
}
