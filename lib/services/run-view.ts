import 'server-only'
import type { RunSummary } from '@/lib/contract/run'
import { withoutMark } from '@/lib/domain/launch-mark'
import { countOutcomes } from '@/lib/domain/progress/state'
import type { Migration } from '@/lib/spot/schemas/migration'

const toMs = (text: string | null): number | null => {
  const ms = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}

/** When a migration ended by its own word, whichever way. */
export const endOf = (migration: Migration): number | null => toMs(migration.completedAt) ?? toMs(migration.stoppedAt) ?? toMs(migration.erredAt)
export const startOf = (migration: Migration): number | null => toMs(migration.createdAt)

/** A run that only the API knows. */
export const summaryOfMigration = (clusterId: string, migration: Migration): RunSummary => ({
  migrationId: migration.id,
  clusterId,
  status: migration.status,
  comment: withoutMark(migration.comment),
  startedBy: null,
  source: 'api',
  startedAtMs: startOf(migration),
  endedAtMs: endOf(migration),
  currentBatch: migration.currentBatch,
  numOfBatches: migration.numOfBatches,
  counts: countOutcomes(migration.oldNodes),
})
