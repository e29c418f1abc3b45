import 'server-only'
import { and, eq, gt, inArray, lt, or } from 'drizzle-orm'
import type { Queryable } from '../client'
import { sessions } from '../schema/sessions'

export type SessionRow = typeof sessions.$inferSelect

export const insertSession = async (db: Queryable, row: SessionRow): Promise<void> => {
  await db.insert(sessions).values(row)
}

const isLive = ({ now, idleMs }: { now: Date; idleMs: number }) => and(gt(sessions.expiresAt, now), gt(sessions.lastSeenAt, new Date(now.getTime() - idleMs)))

/** The session if it is neither idle nor old at `now`, else null. */
export const findLiveSession = async (db: Queryable, input: { id: string; now: Date; idleMs: number }): Promise<SessionRow | null> => {
  const [row] = await db.select().from(sessions).where(and(eq(sessions.id, input.id), isLive(input)))
  return row ?? null
}

/** Which of these sessions nobody has ended, and are neither idle nor old. */
export const liveSessions = async (db: Queryable, input: { ids: readonly string[]; now: Date; idleMs: number }): Promise<ReadonlySet<string>> => {
  const rows = await db.select({ id: sessions.id }).from(sessions).where(and(inArray(sessions.id, [...input.ids]), isLive(input)))
  return new Set(rows.map(({ id }) => id))
}

const touchEveryMs = 60_000

/** Notes that the session is in use, at most once a minute. */
export const touchSession = async (db: Queryable, row: SessionRow, now: Date): Promise<void> => {
  if (now.getTime() - row.lastSeenAt.getTime() < touchEveryMs) return
  await db.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, row.id))
}

export const deleteSession = async (db: Queryable, id: string): Promise<void> => {
  await db.delete(sessions).where(eq(sessions.id, id))
}

/** Removes rows that no cookie can open any more. */
export const deleteExpiredSessions = async (db: Queryable, input: { now: Date; idleMs: number }): Promise<void> => {
  const seenBefore = new Date(input.now.getTime() - input.idleMs)
  await db.delete(sessions).where(or(lt(sessions.expiresAt, input.now), lt(sessions.lastSeenAt, seenBefore)))
}
