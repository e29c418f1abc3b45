'use client'

import type { ReactNode } from 'react'
import { useController, type Control, type FieldPath, type FieldValues } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'

type BoundProps<Values extends FieldValues> = {
  control: Control<Values>
  name: FieldPath<Values>
  label: string
  help?: ReactNode
  aside?: ReactNode
  className?: string
}

type TextFieldProps<Values extends FieldValues> = BoundProps<Values> & {
  type?: 'text' | 'password'
  inputMode?: 'text' | 'numeric'
  autoComplete?: string
  placeholder?: string
  isMono?: boolean
  isReadOnly?: boolean
}

/** A line of text bound to a form. The value stays a string; the schema converts it. */
export const TextField = <Values extends FieldValues>({ control, name, label, help, aside, className, ...rest }: TextFieldProps<Values>) => {
  const { field, fieldState } = useController({ control, name })
  return (
    <Field label={label} help={help} aside={aside} error={fieldState.error?.message} className={className}>
      {(wiring) => (
        <Input
          {...wiring}
          {...field}
          type={rest.type ?? 'text'}
          inputMode={rest.inputMode}
          autoComplete={rest.autoComplete ?? 'off'}
          placeholder={rest.placeholder}
          readOnly={rest.isReadOnly}
          spellCheck={false}
          className={rest.isMono ? 'font-mono text-xs' : undefined}
        />
      )}
    </Field>
  )
}

/** Several lines of text with a count of its characters. */
export const TextareaField = <Values extends FieldValues>({
  control,
  name,
  label,
  help,
  aside,
  className,
  maxCharacters,
}: BoundProps<Values> & { maxCharacters: number }) => {
  const { field, fieldState } = useController({ control, name })
  return (
    <Field label={label} help={help} aside={aside} error={fieldState.error?.message} className={className}>
      {(wiring) => <Textarea {...wiring} {...field} rows={3} counter={{ used: String(field.value ?? '').length, max: maxCharacters }} />}
    </Field>
  )
}
