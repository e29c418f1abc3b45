import type { RunSummary } from '@/lib/contract/run'
import { visibleText } from '@/lib/format/safe-text'

const unnamed: Record<RunSummary['source'], string> = { slipway: 'not noted', elsewhere: 'elsewhere', api: 'not known' }

/** Who started a run, or what is known instead. */
export const byWhom = ({ startedBy, source }: Pick<RunSummary, 'startedBy' | 'source'>): string => (startedBy !== null ? visibleText(startedBy) : unnamed[source])
