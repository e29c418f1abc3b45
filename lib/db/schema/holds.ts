import { pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import type { HoldKind } from '@/lib/contract/holds'
import { storedText } from './columns'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Nodes and node pools that people keep out of migrations. One that has ended stays until holds of its cluster are written again; it counts no more. */
export const holds = pgTable(
  'holds',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    clusterId: text('cluster_id').notNull(),
    kind: text('kind').$type<HoldKind>().notNull(),
    name: storedText('name').notNull(),
    reason: storedText('reason').notNull(),
    heldBy: storedText('held_by').notNull(),
    createdAt: at('created_at').notNull(),
    /** Null: until somebody releases it. */
    endsAt: at('ends_at'),
  },
  (table) => [uniqueIndex('holds_one_each').on(table.accountId, table.clusterId, table.kind, table.name)],
)
