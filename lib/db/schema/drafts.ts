import { index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { DraftBody } from '@/lib/contract/draft'

/** Unfinished wizards: thousands of node names do not fit an address. */
export const drafts = pgTable(
  'drafts',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    clusterId: text('cluster_id').notNull(),
    createdBy: text('created_by').notNull(),
    body: jsonb('body').$type<DraftBody>().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [index('drafts_cluster').on(table.accountId, table.clusterId, table.updatedAt)],
)
