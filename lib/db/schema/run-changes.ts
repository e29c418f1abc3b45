import { bigint, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import type { RunChange } from '@/lib/domain/progress/change'
import { storedJson } from './columns'
import { runs } from './runs'

/** What was seen of a run, as numbered changes. */
export const runChanges = pgTable(
  'run_changes',
  {
    runId: bigint('run_id', { mode: 'number' })
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
    kind: text('kind').$type<RunChange['kind']>().notNull(),
    body: storedJson('body').$type<RunChange['body']>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.seq] })],
)
