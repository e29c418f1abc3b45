import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { DraftBody } from '@/lib/contract/draft'
import type { Queryable } from '../client'
import { drafts } from '../schema/drafts'

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

export const updateDraft = async (db: Queryable, where: Where, change: { body: DraftBody; now: Date }): Promise<DraftRow | null> => {
  const [row] = await db.update(drafts).set({ body: change.body, updatedAt: change.now }).where(isDraft(where)).returning()
  return row ?? null
}
