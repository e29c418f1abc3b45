import 'server-only'
import { and, eq, gt, lt, or, sql } from 'drizzle-orm'
import type { Queryable } from '../client'
import { signInAttempts } from '../schema/sign-in-attempts'

export type AttemptInput = { addressHash: string; tokenHash: string; now: Date }

export const recordFailedAttempt = async (db: Queryable, { addressHash, tokenHash, now }: AttemptInput): Promise<void> => {
  await db.insert(signInAttempts).values({ addressHash, tokenHash, at: now })
}

/** Failures of this address or this token since `since`, and the oldest of them. */
export const countFailedAttempts = async (db: Queryable, input: Omit<AttemptInput, 'now'> & { since: Date }): Promise<{ count: number; oldest: Date | null }> => {
  const mine = or(eq(signInAttempts.addressHash, input.addressHash), eq(signInAttempts.tokenHash, input.tokenHash))
  const rows = await db
    .select({ at: signInAttempts.at })
    .from(signInAttempts)
    .where(and(mine, gt(signInAttempts.at, input.since)))
    .orderBy(sql`${signInAttempts.at} asc`)
    .limit(100)
  return { count: rows.length, oldest: rows[0]?.at ?? null }
}

export const deleteOldAttempts = async (db: Queryable, before: Date): Promise<void> => {
  await db.delete(signInAttempts).where(lt(signInAttempts.at, before))
}
