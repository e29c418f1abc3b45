import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { DraftBody } from '@/lib/contract/draft'
import { storedJson, storedText } from './columns'

/** Unfinished wizards: thousands of node names do not fit an address. */
export const drafts = pgTable(
  'drafts',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    clusterId: text('cluster_id').notNull(),
    createdBy: storedText('created_by').notNull(),
    body: storedJson('body').$type<DraftBody>().notNull(),
    /** Who changed it last, and in which page of theirs; null while nobody has. */
    changedBy: storedText('changed_by'),
    changedIn: text('changed_in'),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [index('drafts_cluster').on(table.accountId, table.clusterId, table.updatedAt)],
)
