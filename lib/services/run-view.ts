import 'server-only'
import type { RunSummary } from '@/lib/contract/run'
import { withoutMark } from '@/lib/domain/launch-mark'
import { endOf, isOnNow, startOf } from '@/lib/domain/progress/reading'
import { countOutcomes } from '@/lib/domain/progress/state'
import type { Migration } from '@/lib/spot/schemas/migration'

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
  counts: countOutcomes(migration.oldNodes, !isOnNow(migration)),
})
