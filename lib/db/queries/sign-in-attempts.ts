import 'server-only'
import { and, asc, eq, gt, lt, or } from 'drizzle-orm'
import type { Queryable } from '../client'
import { signInAttempts } from '../schema/sign-in-attempts'

export type AttemptInput = { addressHash: string; tokenHash: string; now: Date }

/** Writes an attempt down before it is made, so that many at once cannot slip past the count. Returns its id. */
export const recordAttempt = async (db: Queryable, { addressHash, tokenHash, now }: AttemptInput): Promise<number> => {
  const [row] = await db.insert(signInAttempts).values({ addressHash, tokenHash, at: now }).returning({ id: signInAttempts.id })
  return row?.id ?? 0
}

/** Takes back an attempt that succeeded, or that said nothing about the token. */
export const deleteAttempt = async (db: Queryable, id: number): Promise<void> => {
  await db.delete(signInAttempts).where(eq(signInAttempts.id, id))
}

/** Attempts of this address or this token since `since` that stand before `beforeId`, and the oldest of them. */
export const countAttempts = async (db: Queryable, input: Omit<AttemptInput, 'now'> & { since: Date; beforeId: number }): Promise<{ count: number; oldest: Date | null }> => {
  const mine = or(eq(signInAttempts.addressHash, input.addressHash), eq(signInAttempts.tokenHash, input.tokenHash))
  const rows = await db
    .select({ at: signInAttempts.at })
    .from(signInAttempts)
    .where(and(mine, gt(signInAttempts.at, input.since), lt(signInAttempts.id, input.beforeId)))
    .orderBy(asc(signInAttempts.at))
    .limit(100)
  return { count: rows.length, oldest: rows[0]?.at ?? null }
}

export const deleteOldAttempts = async (db: Queryable, before: Date): Promise<void> => {
  await db.delete(signInAttempts).where(lt(signInAttempts.at, before))
}
