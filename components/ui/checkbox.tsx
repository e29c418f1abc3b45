'use client'

import { Check, Minus } from 'lucide-react'
import type { MouseEvent } from 'react'
import { cn } from './cn'

export type CheckState = 'all' | 'some' | 'none'

type CheckboxProps = {
  id?: string
  state: CheckState
  /** The event tells whether shift was held. */
  onToggle: (event: MouseEvent<HTMLButtonElement>) => void
  /** Needed unless a label element names the box. */
  'aria-label'?: string
  'aria-describedby'?: string
  disabledReason?: string | null
  /** -1 where a surrounding grid has the focus. */
  tabIndex?: number
}

const ariaChecked = { all: true, some: 'mixed', none: false } as const

/** A box with three states. Drawn by hand: a table holds many, and each must be cheap. */
export const Checkbox = ({ state, onToggle, disabledReason, ...rest }: CheckboxProps) => (
  <button
    {...rest}
    type="button"
    role="checkbox"
    aria-checked={ariaChecked[state]}
    aria-disabled={disabledReason ? true : undefined}
    title={disabledReason ?? undefined}
    onClick={(event) => (disabledReason ? event.preventDefault() : onToggle(event))}
    className={cn(
      'relative inline-flex size-4 shrink-0 items-center justify-center rounded-sm border border-pending bg-surface text-accent-ink after:absolute after:-inset-1.5 aria-disabled:border-line-2 aria-disabled:bg-sunken',
      state !== 'none' && 'border-accent bg-accent',
    )}
  >
    {state === 'all' ? <Check aria-hidden className="size-3" strokeWidth={3} /> : null}
    {state === 'some' ? <Minus aria-hidden className="size-3" strokeWidth={3} /> : null}
  </button>
)
