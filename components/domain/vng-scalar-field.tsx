'use client'

import { useController, type Control } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { Field, type FieldControlProps } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { VngTemplate } from '@/lib/contract/vngs'
import { textOf, templateText, yesNo, type VngField } from './vng-fields'
import { valueAt } from './vng-document'
import type { VngFormValues } from './vng-form-values'

type InheritanceProps = { field: VngField; value: string; template: VngTemplate | null; canRestore: boolean; onRestore: () => void }

/** Where the value comes from, and the way back to the template. */
const Inheritance = ({ field, value, template, canRestore, onRestore }: InheritanceProps) => {
  const inherited = templateText(field, template)
  if (value.trim() === '') return <span className="block">{inherited === null ? 'Not set in the template either.' : `From the template: ${inherited}.`}</span>
  const isSame = textOf(valueAt(template, field.path)) === value.trim()
  return (
    <span className="flex flex-wrap items-center gap-x-1.5 text-text-2">
      {isSame ? 'The same as in the template.' : inherited === null ? 'Not set in the template.' : `The template has ${inherited}.`}
      {canRestore ? (
        <Button variant="quiet" size="small" className="-my-0.5 px-1 text-accent" onClick={onRestore} aria-label={`Take ${field.label} from the template`}>
          Take from template
        </Button>
      ) : null}
    </span>
  )
}

type ScalarFieldProps = { control: Control<VngFormValues>; field: VngField; template: VngTemplate | null; isNew: boolean }

/** One field of a group. Empty means the template's value, which is told beside it. */
export const VngScalarField = ({ control, field, template, isNew }: ScalarFieldProps) => {
  const { field: bound, fieldState } = useController({ control, name: `scalars.${field.id}` })
  const value = bound.value ?? ''
  const isFixed = field.isFixed === true && !isNew
  const choices = field.kind === 'switch' ? yesNo : field.options
  const draw = (wiring: FieldControlProps) => {
    if (choices === undefined)
      return <Input {...wiring} {...bound} value={value} autoComplete="off" spellCheck={false} inputMode={field.kind === 'number' ? 'numeric' : 'text'} placeholder={templateText(field, template) ?? ''} />
    const inherited = templateText(field, template)
    const foreign = value !== '' && !choices.some((choice) => choice.value === value) ? [{ value, label: value }] : []
    const options = [{ value: '', label: inherited === null ? 'From the template' : `From the template: ${inherited}` }, ...choices, ...foreign]
    return <Select {...wiring} name={bound.name} ref={bound.ref} onBlur={bound.onBlur} value={value} options={options} onChange={bound.onChange} disabled={isFixed} className="w-full" />
  }
  return (
    <Field
      label={field.label}
      error={fieldState.error?.message}
      help={
        <>
          {isFixed ? <span className="block">Cannot be changed once the group is there.</span> : null}
          {field.help ? <span className="block">{field.help}</span> : null}
          <Inheritance field={field} value={value} template={template} canRestore={!isFixed} onRestore={() => bound.onChange('')} />
        </>
      }
    >
      {draw}
    </Field>
  )
}
