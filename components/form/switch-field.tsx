'use client'

import { useId, type ReactNode } from 'react'
import { useController, type Control, type FieldPath, type FieldValues } from 'react-hook-form'
import { Checkbox } from '@/components/ui/checkbox'
import { Switch } from '@/components/ui/switch'

type ToggleFieldProps<Values extends FieldValues> = {
  control: Control<Values>
  name: FieldPath<Values>
  label: ReactNode
  help?: ReactNode
  aside?: ReactNode
}

type BoxFieldProps = { label: ReactNode; help?: ReactNode; error?: string; isChecked: boolean; onChange: (isChecked: boolean) => void }

/** An option that is on or off, with what it does under its name. */
export const SwitchField = <Values extends FieldValues>({ control, name, label, help, aside }: ToggleFieldProps<Values>) => {
  const { field } = useController({ control, name })
  const id = useId()
  return (
    <div className="flex items-start gap-3">
      <Switch id={id} name={field.name} isOn={field.value === true} onChange={field.onChange} aria-describedby={help ? `${id}-help` : undefined} />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline justify-between gap-3">
          <label htmlFor={id} className="font-medium">
            {label}
          </label>
          {aside ? <span className="text-xs text-text-3">{aside}</span> : null}
        </div>
        {help ? (
          <div id={`${id}-help`} className="text-xs text-text-2">
            {help}
          </div>
        ) : null}
      </div>
    </div>
  )
}

/** A box with a sentence: a risk to acknowledge, a choice to agree to. */
export const BoxField = ({ label, help, error, isChecked, onChange }: BoxFieldProps) => {
  const id = useId()
  const describedBy = [help ? `${id}-help` : null, error ? `${id}-error` : null].filter(Boolean).join(' ') || undefined
  return (
    <div className="flex items-start gap-2.5">
      <span className="flex h-5 items-center">
        <Checkbox id={id} state={isChecked ? 'all' : 'none'} onToggle={() => onChange(!isChecked)} aria-describedby={describedBy} />
      </span>
      <div className="min-w-0">
        <label htmlFor={id}>{label}</label>
        {help ? (
          <div id={`${id}-help`} className="text-xs text-text-2">
            {help}
          </div>
        ) : null}
        {error ? (
          <p id={`${id}-error`} role="alert" className="text-xs font-medium text-failed">
            {error}
          </p>
        ) : null}
      </div>
    </div>
  )
}
