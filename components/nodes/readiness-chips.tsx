'use client'

import { readinessWords } from '@/components/domain/badges'
import { cn } from '@/components/ui/cn'
import { StatusGlyph } from '@/components/ui/status'
import { readinessStates, type Readiness } from '@/lib/domain/readiness/finding'
import { formatCount } from '@/lib/format/numbers'

/** A count of one is a node that needs; any other are nodes that need. */
const wordOf = (state: Readiness, count: number | null) => (state === 'needs-validation' && count !== 1 ? 'need validation' : readinessWords[state].toLowerCase())

/** Without counts the nodes have not been read: a dash, which is not the same as none. */
type ReadinessChipsProps = { isSpotOnly: boolean; counts: Record<Readiness, number> | null; chosen: readonly Readiness[]; onChange: (chosen: Readiness[]) => void }

/** Filters that are counts at the same time. */
export const ReadinessChips = ({ isSpotOnly, counts, chosen, onChange }: ReadinessChipsProps) => (
  <div role="group" aria-label="Filter by readiness" className="flex flex-wrap gap-2">
    {readinessStates.map((state) => {
      const isOn = chosen.includes(state)
      return (
        <button
          key={state}
          type="button"
          aria-pressed={isOn}
          onClick={() => onChange(isOn ? chosen.filter((other) => other !== state) : [...chosen, state])}
          className={cn('flex h-8 items-center gap-1.5 rounded border border-line-2 bg-surface px-3 hover:bg-sunken', isOn && 'border-accent ring-1 ring-accent')}
        >
          <StatusGlyph name={state} />
          <strong className="font-semibold">{counts === null ? '–' : formatCount(counts[state])}</strong>
          <span className="text-text-2">{`${wordOf(state, counts?.[state] ?? null)}${isSpotOnly && state === 'ready' ? ' (Spot checks only)' : ''}`}</span>
        </button>
      )
    })}
  </div>
)
