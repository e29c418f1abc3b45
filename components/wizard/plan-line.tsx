import type { ReactNode } from 'react'
import { StatusGlyph, type StatusName } from '@/components/ui/status'

/** A line of a short list: its state, what is so, and names behind it. */
export const PlanLine = ({ status, word, children }: { status: StatusName; word?: string; children: ReactNode }) => (
  <li className="flex items-start gap-2.5 py-1.5">
    <StatusGlyph name={status} className="mt-0.5" />
    <div className="min-w-0 flex-1">
      {word === undefined ? null : <span className="font-medium">{word}: </span>}
      {children}
    </div>
  </li>
)
