'use client'

import type { ReactNode } from 'react'
import { StatusGlyph } from '@/components/ui/status'
import { Time } from '@/components/ui/time'
import type { Hold } from '@/lib/contract/holds'
import { visibleText } from '@/lib/format/safe-text'

type HoldFactsProps = { title: ReactNode; hold: Pick<Hold, 'reason' | 'heldBy' | 'createdAtMs' | 'endsAtMs'>; actions: ReactNode; children?: ReactNode }

/** One hold: what, why, who, since when and until when, and what can be done about it. */
export const HoldFacts = ({ title, hold: { reason, heldBy, createdAtMs, endsAtMs }, actions, children }: HoldFactsProps) => (
  <div className="flex items-start gap-2.5 rounded bg-skipped-soft px-3 py-2.5">
    <StatusGlyph name="held" className="mt-0.5 size-4" />
    <div className="min-w-0 flex-1">
      <p className="break-words">
        <strong className="font-semibold">{title}</strong> “{visibleText(reason)}”
      </p>
      <p className="text-text-2">
        By {visibleText(heldBy)}, <Time atMs={createdAtMs} />, {endsAtMs === null ? 'until released' : <>until <Time atMs={endsAtMs} show="day" /></>}.
      </p>
      {children}
      <div className="mt-2 flex flex-wrap gap-2">{actions}</div>
    </div>
  </div>
)
