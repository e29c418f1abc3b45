'use client'

import { Check } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

export type WizardStepItem<Id extends string> = {
  id: Id
  label: string
  /** Why the step cannot be opened now; null when it can. */
  disabledReason: string | null
  isDone: boolean
}

type WizardShellProps<Id extends string> = {
  /** The name of the list of steps for screen readers. */
  label: string
  steps: readonly WizardStepItem<Id>[]
  current: Id
  onGoTo: (id: Id) => void
  children: ReactNode
  /** Back and continue. */
  footer: ReactNode
}

const Mark = ({ number, isDone, isCurrent }: { number: number; isDone: boolean; isCurrent: boolean }) => (
  <span
    aria-hidden
    className={cn(
      'flex size-5 items-center justify-center rounded-full border border-line-2 bg-surface text-2xs font-semibold text-text-2',
      isDone && 'border-moved bg-moved text-surface',
      isCurrent && 'border-accent bg-accent text-accent-ink',
    )}
  >
    {isDone && !isCurrent ? <Check className="size-3" strokeWidth={3} /> : number}
  </span>
)

type StepButtonProps<Id extends string> = { step: WizardStepItem<Id>; number: number; isCurrent: boolean; onGoTo: (id: Id) => void }

const StepButton = <Id extends string>({ step, number, isCurrent, onGoTo }: StepButtonProps<Id>) => (
  <button
    type="button"
    aria-current={isCurrent ? 'step' : undefined}
    aria-disabled={step.disabledReason ? true : undefined}
    title={step.disabledReason ?? undefined}
    onClick={() => !step.disabledReason && onGoTo(step.id)}
    className={cn(
      'flex h-7 items-center gap-2 rounded-full py-1 pr-3 pl-1 text-text-2',
      !isCurrent && 'max-sm:pr-1',
      isCurrent && 'bg-accent-soft font-semibold text-accent',
      !isCurrent && !step.disabledReason && 'hover:bg-sunken hover:text-text',
    )}
  >
    <Mark number={number} isDone={step.isDone} isCurrent={isCurrent} />
    <span className={cn(!isCurrent && 'max-sm:sr-only')}>{step.label}</span>
    {step.isDone && !isCurrent ? <span className="sr-only">, done</span> : null}
    {step.disabledReason ? <span className="sr-only">, {step.disabledReason}</span> : null}
  </button>
)

/** The steps of a wizard over the one that is open. Which one that is stands in the URL. */
export const WizardShell = <Id extends string>({ label, steps, current, onGoTo, children, footer }: WizardShellProps<Id>) => (
  <div className="flex flex-col gap-4">
    <nav aria-label={label}>
      <ol className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {steps.map((step, index) => (
          <Fragment key={step.id}>
            {index > 0 ? <li aria-hidden className="h-px w-4 bg-line-2 sm:w-6" /> : null}
            <li>
              <StepButton step={step} number={index + 1} isCurrent={step.id === current} onGoTo={onGoTo} />
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
    {children}
    <div className="flex flex-wrap items-center justify-between gap-2">{footer}</div>
  </div>
)
