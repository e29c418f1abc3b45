import { bigint, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import type { RunChange } from '@/lib/domain/progress/change'
import { storedJson } from './columns'
import { runs } from './runs'

/**
 * What was seen of a run, as numbered changes. A row is what was written at once, because PostgreSQL compresses
 * within a value and not across rows, and names of pods are most of a record. `seq` is that of its last change.
 */
export const runChanges = pgTable(
  'run_changes',
  {
    runId: bigint('run_id', { mode: 'number' })
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    changes: storedJson('changes').$type<RunChange[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.seq] })],
)
