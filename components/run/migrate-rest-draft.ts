import { newDraftPreferences, type PreferencesForm } from '@/lib/contract/draft'
import type { RunOptions } from '@/lib/contract/run'
import type { MigrationOptions } from '@/lib/spot/schemas/migration'

type Chosen = { options: RunOptions; set: Partial<MigrationOptions> }

/** The form of a plan for the rest: the options of the run where they are known, the API's defaults elsewhere, then what was changed. */
export const restPreferences = (migrationId: string, { options, set }: Chosen): PreferencesForm => {
  const known = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null))
  const { batchSizePercentage, batchMinHealthyPercentage, ...switches } = { ...newDraftPreferences, ...known, ...set }
  return { ...switches, batchSizePercentage: String(batchSizePercentage), batchMinHealthyPercentage: String(batchMinHealthyPercentage), comment: `Rest of ${migrationId}` }
}
