import { bigint, bigserial, boolean, index, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import type { RehearsedLine } from '@/lib/contract/rehearsed-line'
import type { RunOptions, RunSummary } from '@/lib/contract/run'
import type { OutcomeCounts } from '@/lib/domain/outcome/counts'
import { storedJson, storedText } from './columns'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/**
 * Recorded runs. The columns are what lists show; what happened is in `run_changes`. The lease says which
 * process watches; its epoch grows with every change of hands and is carried by every write.
 */
export const runs = pgTable(
  'runs',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    accountId: text('account_id').notNull(),
    organizationId: text('organization_id'),
    clusterId: text('cluster_id').notNull(),
    migrationId: text('migration_id').notNull(),
    launchId: text('launch_id'),
    startedBy: storedText('started_by'),
    source: text('source').$type<'slipway' | 'elsewhere'>().notNull(),
    comment: storedText('comment').notNull(),
    /** With the node pools of the launch, where it was one of pools. */
    options: storedJson('options').$type<RunOptions & Pick<RunSummary, 'nodePoolNames'>>().notNull(),
    status: storedText('status').notNull(),
    currentBatch: integer('current_batch'),
    numOfBatches: integer('num_of_batches'),
    /** The line of its rehearsal; null where there was none. */
    rehearsed: storedJson('rehearsed').$type<RehearsedLine>(),
    /** Counted when the run began; null where nobody did. */
    clusterNodes: integer('cluster_nodes'),
    counts: storedJson('counts').$type<OutcomeCounts>().notNull(),
    seq: integer('seq').notNull(),
    startedAt: at('started_at'),
    endedAt: at('ended_at'),
    lastPolledAt: at('last_polled_at'),
    sealedToken: text('sealed_token'),
    /** True when a person agreed that a sealed copy of their token is kept until the run ends; else it is recorded only while someone has it open. */
    isKept: boolean('is_kept').notNull().default(true),
    leaseHolder: text('lease_holder'),
    leaseEpoch: bigint('lease_epoch', { mode: 'number' }).notNull().default(0),
    leaseUntil: at('lease_until'),
    createdAt: at('created_at').notNull(),
  },
  (table) => [uniqueIndex('runs_migration').on(table.accountId, table.clusterId, table.migrationId), index('runs_open').on(table.endedAt)],
)
