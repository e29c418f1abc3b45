import 'server-only'
import { and, desc, eq, exists, gte, lt, not, notInArray, or, sql } from 'drizzle-orm'
import type { DraftBody } from '@/lib/contract/draft'
import type { Queryable } from '../client'
import { drafts } from '../schema/drafts'
import { launches } from '../schema/launches'
import { startedNothing } from './launches'

export type DraftRow = typeof drafts.$inferSelect
type Where = { accountId: string; clusterId: string; id: string }

const isDraft = ({ accountId, clusterId, id }: Where) => and(eq(drafts.accountId, accountId), eq(drafts.clusterId, clusterId), eq(drafts.id, id))

export const insertDraft = async (db: Queryable, row: DraftRow): Promise<void> => {
  await db.insert(drafts).values(row)
}

/** The draft of this account and cluster, else null: another account's looks like none. */
export const findDraft = async (db: Queryable, where: Where): Promise<DraftRow | null> => {
  const [row] = await db.select().from(drafts).where(isDraft(where))
  return row ?? null
}

type DraftUpdate = { body: DraftBody; changedBy: string; changedIn: string; knownAt: Date; now: Date }

/** Replaces a draft for whoever has seen its last change or made it, in one statement; else null. Each change has a later time than the one before. */
export const updateDraft = async (db: Queryable, where: Where, { knownAt, now, ...change }: DraftUpdate): Promise<DraftRow | null> => {
  const [row] = await db
    .update(drafts)
    .set({ ...change, updatedAt: sql`greatest(${now.toISOString()}::timestamptz, ${drafts.updatedAt} + interval '1 millisecond')` })
    .where(and(isDraft(where), or(eq(drafts.updatedAt, knownAt), eq(drafts.changedIn, change.changedIn))))
    .returning()
  return row ?? null
}

type Place = Pick<Where, 'accountId' | 'clusterId'>
const isIn = ({ accountId, clusterId }: Place) => and(eq(drafts.accountId, accountId), eq(drafts.clusterId, clusterId))

const mostListed = 100

/** Those whose launch has led to a migration, or may yet. */
const isLaunched = (db: Queryable) =>
  exists(
    db
      .select({ id: launches.id })
      .from(launches)
      .where(and(eq(launches.draftId, drafts.id), notInArray(launches.state, [...startedNothing]))),
  )

/** Plans of a cluster from which nothing was started and that changed since, the newest first. Names stay in the database: there may be thousands. */
export const listDrafts = (db: Queryable, { since, ...place }: Place & { since: Date }) =>
  db
    .select({
      id: drafts.id,
      createdBy: drafts.createdBy,
      createdAt: drafts.createdAt,
      updatedAt: drafts.updatedAt,
      nodes: sql<number>`jsonb_array_length(${drafts.body} -> 'nodeNames')`.mapWith(Number),
      comment: sql<string>`coalesce(${drafts.body} #>> '{preferences,comment}', '')`,
    })
    .from(drafts)
    .where(and(isIn(place), gte(drafts.updatedAt, since), not(isLaunched(db))))
    .orderBy(desc(drafts.updatedAt))
    .limit(mostListed)

/** False when there is no such draft, or it is another account's. */
export const deleteDraft = async (db: Queryable, where: Where): Promise<boolean> => {
  const rows = await db.delete(drafts).where(isDraft(where)).returning({ id: drafts.id })
  return rows.length > 0
}

/** Deletes plans of every cluster that nobody has changed since a moment. */
export const deleteOldDrafts = async (db: Queryable, before: Date): Promise<void> => {
  await db.delete(drafts).where(lt(drafts.updatedAt, before))
}
