import { pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import type { PastedPool, RollbackKit } from '@/lib/domain/plan/rollback'
import { storedJson, storedText } from './columns'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** What would be needed to go back, recorded with each launch before it is sent. */
export const rollbackKits = pgTable('rollback_kits', {
  launchId: text('launch_id').primaryKey(),
  accountId: text('account_id').notNull(),
  clusterId: text('cluster_id').notNull(),
  kit: storedJson('kit').$type<RollbackKit>().notNull(),
  createdAt: at('created_at').notNull(),
})

/** Limits of the pools' autoscalers, which no API of Spot has: as people pasted them for a cluster. Who and when is that of the last paste; pools of earlier ones carry their own. */
export const poolLimits = pgTable(
  'pool_limits',
  {
    accountId: text('account_id').notNull(),
    clusterId: text('cluster_id').notNull(),
    pools: storedJson('pools').$type<PastedPool[]>().notNull(),
    pastedBy: storedText('pasted_by').notNull(),
    pastedAt: at('pasted_at').notNull(),
  },
  (table) => [primaryKey({ name: 'pool_limits_one_each', columns: [table.accountId, table.clusterId] })],
)
