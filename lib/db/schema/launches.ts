import { sql } from 'drizzle-orm'
import { index, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import type { LaunchPayload } from '@/lib/contract/launch'
import type { LaunchState } from '@/lib/contract/launch-answer'
import type { PartProblem } from '@/lib/contract/problem'
import { storedJson, storedText } from './columns'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/**
 * Intents to start a migration, written before anything is sent. At most one is live in a cluster: the
 * partial index decides between two people who press at the same moment.
 */
export const launches = pgTable(
  'launches',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    organizationId: text('organization_id'),
    clusterId: text('cluster_id').notNull(),
    launchKey: text('launch_key').notNull(),
    /** The plan it was started from; null where it came without one. */
    draftId: text('draft_id'),
    mark: text('mark').notNull(),
    payloadHash: text('payload_hash').notNull(),
    payload: storedJson('payload').$type<LaunchPayload>().notNull(),
    /** SHA-256 of the plan that was reviewed; null for launches from before there was one. */
    planHash: text('plan_hash'),
    displayName: storedText('display_name').notNull(),
    sealedToken: text('sealed_token'),
    state: text('state').$type<LaunchState>().notNull(),
    migrationId: text('migration_id'),
    problem: storedJson('problem').$type<PartProblem>(),
    createdAt: at('created_at').notNull(),
    sentAt: at('sent_at'),
    settledAt: at('settled_at'),
    /** When its run ended, or when it was settled without one. */
    endedAt: at('ended_at'),
  },
  (table) => [
    uniqueIndex('launches_key').on(table.accountId, table.launchKey),
    uniqueIndex('launches_mark').on(table.mark),
    uniqueIndex('launches_one_live').on(table.accountId, table.clusterId).where(sql`${table.endedAt} is null`),
    index('launches_state').on(table.state),
    index('launches_draft').on(table.draftId),
  ],
)
