'use client'

import { useId, type ReactNode } from 'react'
import { cn } from './cn'

export type FieldControlProps = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }

type FieldProps = {
  label: ReactNode
  /** What the value does; stays visible. */
  help?: ReactNode
  /** What is wrong with it; read out when it appears. */
  error?: string | null
  /** Beside the label: the default, a unit. */
  aside?: ReactNode
  className?: string
  /** Draws the control with the ids and states it is given. */
  children: (control: FieldControlProps) => ReactNode
}

/** Label, control, help and error as one, tied together for screen readers. */
export const Field = ({ label, help, error, aside, className, children }: FieldProps) => {
  const id = useId()
  const helpId = `${id}-help`
  const errorId = `${id}-error`
  const describedBy = [help ? helpId : null, error ? errorId : null].filter(Boolean).join(' ')
  return (
    <div className={cn('flex flex-col gap-1', className)}>
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {aside ? <span className="text-xs text-text-3">{aside}</span> : null}
      </div>
      {children({ id, 'aria-describedby': describedBy || undefined, 'aria-invalid': error ? true : undefined })}
      {error ? (
        <p id={errorId} role="alert" className="text-xs font-medium text-failed">
          {error}
        </p>
      ) : null}
      {help ? (
        <div id={helpId} className="text-xs text-text-2">
          {help}
        </div>
      ) : null}
    </div>
  )
}
