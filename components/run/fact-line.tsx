'use client'

import { Status } from '@/components/ui/status'
import { useNow } from '@/components/ui/use-now'
import type { RunRecord } from '@/lib/contract/run'
import type { ExpectedBatch } from '@/lib/domain/progress/lanes'
import { openGap } from './chart-shape'
import { factsOf, type RunFigures } from './facts'
import type { RunView } from './run-feed'

export type FactLineProps = {
  view: RunView
  figures: RunFigures
  options: RunRecord['options']
  /** The moment of a replay, on the server's clock; null while the clock runs by itself. */
  atMs: number | null
}

/** The line of facts. `expected`: what recorded runs let expect of a batch. */
export const FactLine = ({ view, figures, options, atMs, expected = null }: FactLineProps & { expected?: ExpectedBatch | null }) => {
  const now = useNow()
  const nowMs = atMs ?? (now ?? 0) + view.clockOffsetMs
  const [unread] = openGap(view.freshness, nowMs)
  const facts = factsOf(figures, view.state, options, { nowMs, expected, unreadSinceMs: unread?.fromMs ?? null })
  return (
    <dl className="mt-3 flex flex-wrap gap-x-5 gap-y-1">
      {facts.map(({ label, value, note, isAlarming }) => (
        <div key={label} className="flex flex-wrap gap-x-1.5">
          <dt className="text-text-2">{label}</dt>
          <dd>
            {isAlarming ? <Status name="warning">{value}</Status> : <strong className="font-semibold">{now === null && label === 'Elapsed' ? '–' : value}</strong>}
            {note ? <span className="text-text-3"> {note}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}
