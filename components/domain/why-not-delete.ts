import type { RunSummary } from '@/lib/contract/run'
import { hasEnded } from '@/lib/domain/run-rules'

/** Why the record of a run cannot be deleted now, or null. */
export const whyNotDelete = ({ source, status, endedAtMs }: Pick<RunSummary, 'source' | 'status' | 'endedAtMs'>): string | null => {
  if (source === 'api') return 'Only Spot lists this run: Slipway holds no record of it that could be deleted.'
  return hasEnded(status, endedAtMs) ? null : 'This run is still on. It can be deleted once it is over.'
}
