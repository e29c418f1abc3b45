import { processedPercent, type OutcomeCounts } from '@/lib/domain/outcome/counts'
import { formatPercent } from '@/lib/format/numbers'

/** How much of a run is settled, in the one figure and word for it. */
export const settledOf = (counts: OutcomeCounts): { percent: number | null; words: string } => {
  const percent = processedPercent(counts)
  return { percent, words: `${formatPercent(percent)} settled` }
}
