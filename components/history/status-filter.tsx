'use client'

import { Button } from '@/components/ui/button'
import { runLabel } from '@/lib/domain/run-rules'
import { formatCount } from '@/lib/format/numbers'
import { statusGroups, type StatusGroup } from './filter'

const wordOf = (group: StatusGroup) => (group === 'OTHER' ? 'Unknown' : runLabel(group))

type StatusFilterProps = { counts: Record<StatusGroup, number>; chosen: readonly StatusGroup[]; onChange: (chosen: StatusGroup[]) => void }

/** Filters that are also counts. The one for unknown statuses stands only where there are some. */
export const StatusFilter = ({ counts, chosen, onChange }: StatusFilterProps) => (
  <div role="group" aria-label="Filter by status" className="flex flex-wrap gap-2">
    {statusGroups
      .filter((group) => group !== 'OTHER' || counts.OTHER > 0 || chosen.includes(group))
      .map((group) => {
        const isOn = chosen.includes(group)
        return (
          <Button
            key={group}
            aria-pressed={isOn}
            className={isOn ? 'border-accent bg-accent-soft' : undefined}
            onClick={() => onChange(isOn ? chosen.filter((other) => other !== group) : [...chosen, group])}
          >
            {wordOf(group)} <span className="text-text-2">{formatCount(counts[group])}</span>
          </Button>
        )
      })}
  </div>
)
