import { integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/** How many nodes of a cluster Ocean managed, at moments when somebody looked or a run began or ended. */
export const clusterShares = pgTable(
  'cluster_shares',
  {
    accountId: text('account_id').notNull(),
    clusterId: text('cluster_id').notNull(),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
    managed: integer('managed').notNull(),
    unmanaged: integer('unmanaged').notNull(),
    system: integer('system').notNull(),
  },
  (table) => [primaryKey({ name: 'cluster_shares_one_each', columns: [table.accountId, table.clusterId, table.at] })],
)
