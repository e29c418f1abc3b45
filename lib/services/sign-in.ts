import 'server-only'
import { signInRequest } from '@/lib/contract/session'
import type { Database } from '@/lib/db/client'
import { insertSession } from '@/lib/db/queries/sessions'
import { deleteOldAttempts } from '@/lib/db/queries/sign-in-attempts'
import { AppError } from '@/lib/errors'
import type { SpotClient } from '@/lib/spot/client'
import { SpotError } from '@/lib/spot/errors'
import type { SpotCredentials } from '@/lib/spot/types'
import { throttled, throttleKeys, throttleWindowMs } from './throttle'

export type SignInDeps = {
  db: Database
  spotFor: (credentials: SpotCredentials) => SpotClient
  seal: (sessionHash: string, accountId: string, token: string) => string
  newSession: () => { sessionId: string; hash: string }
  now: () => number
  maxMs: number
}

const parse = (given: unknown) => {
  const parsed = signInRequest.safeParse(given)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw new AppError('invalid_input', { detail: issues[0]?.message ?? 'Some input is not valid.', issues })
}

const cannotList: ReadonlySet<string> = new Set(['forbidden', 'not-found'])

/** Whether a failure means "this token may not list accounts", and nothing about whether it is valid. */
export const mayNotListAccounts = (error: unknown): boolean => error instanceof SpotError && cannotList.has(error.kind)

/** The account's name and organisation where accounts can be listed: a token that has listed the clusters opens a session without them. */
const describeAccount = async (spot: SpotClient, accountId: string) => {
  try {
    const { data } = await spot.listAccounts()
    return data.find((known) => known.accountId === accountId) ?? null
  } catch (error) {
    if (error instanceof SpotError && error.kind !== 'unauthorized') return null
    throw error
  }
}

/**
 * Proves the token by listing the account's clusters, and opens a session with a new id. Throws
 * `invalid_input`, `token_rejected`, `token_not_permitted`, `too_many_attempts`, an upstream or a storage error.
 */
export const signIn = async (deps: SignInDeps, given: unknown, address: string): Promise<{ sessionId: string }> => {
  const { token, accountId, displayName } = parse(given)
  const spot = deps.spotFor({ token, accountId, organizationId: null })
  const account = await throttled(deps, throttleKeys(address, token), async () => {
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
  })
  await tidy(deps, at)
  return { sessionId }
}

/** Attempts that no longer count. A failure here is no reason to refuse a sign-in. */
const tidy = async ({ db }: SignInDeps, now: Date) => {
  await deleteOldAttempts(db, new Date(now.getTime() - throttleWindowMs)).catch(() => {})
}
