import { foreignKey, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import type { PresetOptions } from '@/lib/contract/presets'
import { storedJson, storedText } from './columns'

/** Named options for migrations, shared by everybody of an account. `nameKey` is the name as it is compared. */
export const presets = pgTable(
  'presets',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    name: storedText('name').notNull(),
    nameKey: storedText('name_key').notNull(),
    options: storedJson('options').$type<PresetOptions>().notNull(),
    savedBy: storedText('saved_by').notNull(),
    savedAt: timestamp('saved_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [uniqueIndex('presets_name').on(table.accountId, table.nameKey)],
)

/** The preset that new plans of a cluster start from. It goes with its preset. */
export const presetDefaults = pgTable(
  'preset_defaults',
  {
    accountId: text('account_id').notNull(),
    clusterId: text('cluster_id').notNull(),
    presetId: text('preset_id').notNull(),
  },
  (table) => [
    primaryKey({ name: 'preset_defaults_one_each', columns: [table.accountId, table.clusterId] }),
    foreignKey({ name: 'preset_defaults_preset', columns: [table.presetId], foreignColumns: [presets.id] }).onDelete('cascade'),
  ],
)
