import { cn } from '@/components/ui/cn'
import { statusLook } from '@/components/ui/status'
import { formatCount } from '@/lib/format/numbers'
import { listed } from '@/lib/format/plural'
import type { OutcomeCounts } from '@/lib/domain/outcome/counts'
import { outcomeLook, outcomeOrder } from './outcome-look'

const wordsOf = (counts: OutcomeCounts): string => {
  const parts = outcomeOrder.filter((outcome) => counts[outcome] > 0).map((outcome) => `${formatCount(counts[outcome])} ${outcomeLook[outcome].word}`)
  return parts.length === 0 ? 'No nodes' : listed(parts)
}

type OutcomeBarProps = { counts: OutcomeCounts; size?: 'row' | 'page'; className?: string }

/** Nodes of a run by outcome, side by side and never added up. Read out as a sentence. */
export const OutcomeBar = ({ counts, size = 'row', className }: OutcomeBarProps) => (
  <div
    role="img"
    aria-label={wordsOf(counts)}
    className={cn('flex w-full gap-px overflow-hidden rounded-full bg-line', size === 'row' ? 'h-2' : 'h-3', className)}
  >
    {outcomeOrder.map((outcome) =>
      counts[outcome] > 0 ? (
        <span
          key={outcome}
          title={`${formatCount(counts[outcome])} ${outcomeLook[outcome].word}`}
          className={cn('h-full min-w-1', statusLook[outcomeLook[outcome].status].fill)}
          style={{ flexGrow: counts[outcome], flexBasis: 0 }}
        />
      ) : null,
    )}
  </div>
)

const alwaysShown = new Set<string>(['moved', 'skipped', 'failed'])

/** The figures of the bar. What matters is named even when it is zero. */
export const OutcomeLegend = ({ counts }: { counts: OutcomeCounts }) => (
  <ul className="flex flex-wrap gap-x-4 gap-y-1 text-text-2">
    {outcomeOrder
      .filter((outcome) => counts[outcome] > 0 || alwaysShown.has(outcome))
      .map((outcome) => (
        <li key={outcome} className="flex items-center gap-1.5 whitespace-nowrap">
          <span aria-hidden className={cn('size-2.5 rounded-sm', statusLook[outcomeLook[outcome].status].fill)} />
          <strong className="font-semibold text-text">{formatCount(counts[outcome])}</strong> {outcomeLook[outcome].word}
        </li>
      ))}
  </ul>
)
