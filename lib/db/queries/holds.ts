import 'server-only'
import { and, asc, desc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Queryable } from '../client'
import { holds } from '../schema/holds'

export type HoldRow = typeof holds.$inferSelect
type Place = { accountId: string; clusterId: string }

const isIn = ({ accountId, clusterId }: Place) => and(eq(holds.accountId, accountId), eq(holds.clusterId, clusterId))
const isLive = (now: Date) => or(isNull(holds.endsAt), gt(holds.endsAt, now))

/** The holds of a cluster that have not ended: pools first, each by name. */
export const listHolds = (db: Queryable, place: Place, now: Date): Promise<HoldRow[]> =>
  db
    .select()
    .from(holds)
    .where(and(isIn(place), isLive(now)))
    .orderBy(desc(holds.kind), asc(holds.name))

/**
 * Writes holds, each name once, and says how many. A hold on the same name stands in the way unless it has ended or is
 * named in `replaces`; it is replaced with a new id, so that nobody releases a reason that they have not seen.
 */
export const putHolds = async (db: Queryable, rows: readonly HoldRow[], { replaces, now }: { replaces: readonly string[]; now: Date }): Promise<number> => {
  const replaced = { id: sql`excluded.id`, reason: sql`excluded.reason`, heldBy: sql`excluded.held_by`, createdAt: sql`excluded.created_at`, endsAt: sql`excluded.ends_at` }
  const written = await db
    .insert(holds)
    .values([...rows])
    .onConflictDoUpdate({ target: [holds.accountId, holds.clusterId, holds.kind, holds.name], set: replaced, setWhere: or(lte(holds.endsAt, now), inArray(holds.id, [...replaces])) })
    .returning({ id: holds.id })
  return written.length
}

export const deleteEndedHolds = async (db: Queryable, place: Place, now: Date): Promise<void> => {
  await db.delete(holds).where(and(isIn(place), lte(holds.endsAt, now)))
}

/** Takes holds away and says how many: one that was released before, was replaced, has ended or is another account's is not there. */
export const deleteHolds = async (db: Queryable, place: Place, { ids, now }: { ids: readonly string[]; now: Date }): Promise<number> => {
  const rows = await db
    .delete(holds)
    .where(and(isIn(place), inArray(holds.id, [...ids]), isLive(now)))
    .returning({ id: holds.id })
  return rows.length
}
