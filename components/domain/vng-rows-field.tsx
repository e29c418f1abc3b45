'use client'

import { Plus, X } from 'lucide-react'
import { useController, useFieldArray, useWatch, type Control, type UseFormSetValue } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Input } from '@/components/ui/input'
import { Name } from '@/components/ui/name'
import { Select } from '@/components/ui/select'
import { vngTaintEffects } from '@/lib/contract/vngs'
import { isFilled, type KeyRow, type VngFormValues } from './vng-form-values'

export type RowList = 'labels' | 'taints' | 'tags'

type CellProps = { control: Control<VngFormValues>; list: RowList; name: `${RowList}.rows.${number}.${'key' | 'value'}`; label: string; errorId: string }

const Cell = ({ control, list, name, label, errorId }: CellProps) => {
  // A row that is filled in makes a list that was refused for being empty right again.
  const { field, fieldState } = useController({ control, name, rules: { deps: [`${list}.isOwn`] } })
  return <Input {...field} value={String(field.value ?? '')} aria-label={label} aria-invalid={fieldState.error ? true : undefined} aria-describedby={fieldState.error ? errorId : undefined} placeholder={name.endsWith('.key') ? 'key' : 'value'} autoComplete="off" spellCheck={false} className="font-mono text-xs" />
}

const effectOptions = vngTaintEffects.map((value) => ({ value: value as string, label: value as string }))

const Effect = ({ control, index }: { control: Control<VngFormValues>; index: number }) => {
  const { field } = useController({ control, name: `taints.rows.${index}.effect` })
  const foreign = effectOptions.some(({ value }) => value === field.value) ? [] : [{ value: field.value, label: field.value }]
  return <Select aria-label={`Effect of taint ${index + 1}`} value={field.value} options={[...effectOptions, ...foreign]} onChange={field.onChange} className="w-full" />
}

/** What is wrong with a row, under it: the key first, since a refused key makes the rest moot. */
const RowError = ({ control, list, index, id }: { control: Control<VngFormValues>; list: RowList; index: number; id: string }) => {
  const key = useController({ control, name: `${list}.rows.${index}.key` }).fieldState.error
  const value = useController({ control, name: `${list}.rows.${index}.value` }).fieldState.error
  const effect = useController({ control, name: `taints.rows.${index}.effect` }).fieldState.error
  const message = key?.message ?? value?.message ?? (list === 'taints' ? effect?.message : undefined)
  return message === undefined ? null : (
    <p id={id} role="alert" className="mt-1 text-xs font-medium text-failed">
      {message}
    </p>
  )
}

const layouts = { pair: 'grid-cols-[1fr_1fr_30px]', taint: 'grid-cols-[1fr_1fr_30px] sm:grid-cols-[1fr_1fr_160px_30px]' }

type RowsProps = { control: Control<VngFormValues>; list: RowList; one: string }

const OwnRows = ({ control, list, one, onRemoved }: RowsProps & { onRemoved: () => void }) => {
  const { fields, append, remove } = useFieldArray({ control, name: `${list}.rows` })
  const take = (index: number) => {
    remove(index)
    onRemoved()
  }
  return (
    <ul className="flex flex-col gap-2">
      {fields.map(({ id }, index) => (
        <li key={id}>
          <div className={cn('grid gap-1.5', list === 'taints' ? layouts.taint : layouts.pair)}>
            <Cell control={control} list={list} name={`${list}.rows.${index}.key`} label={`Key of ${one} ${index + 1}`} errorId={`${id}-error`} />
            <Cell control={control} list={list} name={`${list}.rows.${index}.value`} label={`Value of ${one} ${index + 1}`} errorId={`${id}-error`} />
            <Button variant="quiet" size="icon" className={list === 'taints' ? 'sm:order-last' : undefined} aria-label={`Remove ${one} ${index + 1}`} onClick={() => take(index)}>
              <X aria-hidden />
            </Button>
            {list === 'taints' ? <Effect control={control} index={index} /> : null}
          </div>
          <RowError control={control} list={list} index={index} id={`${id}-error`} />
        </li>
      ))}
      <li>
        <Button size="small" icon={<Plus aria-hidden />} onClick={() => append({ key: '', value: '', effect: 'NoSchedule' })}>
          Add {one}
        </Button>
      </li>
    </ul>
  )
}

const Inherited = ({ texts }: { texts: readonly string[] }) => (
  <p className="text-xs text-text-2">
    From the template: {texts.length === 0 ? 'none.' : null}
    {texts.map((text) => (
      <Name key={text} className="mr-2 whitespace-normal break-all">
        {text}
      </Name>
    ))}
  </p>
)

export type RowsFieldProps = RowsProps & {
  title: string
  help: string
  setValue: UseFormSetValue<VngFormValues>
  /** The template's rows, which hold while the group has none of its own. */
  inherited: readonly KeyRow[]
  inheritedTexts: readonly string[]
}

/** Labels, taints or tags: those of the template, or rows of the group's own in their place. */
export const VngRowsField = ({ control, list, one, title, help, setValue, inherited, inheritedTexts }: RowsFieldProps) => {
  const [isOwn, rows] = useWatch({ control, name: [`${list}.isOwn`, `${list}.rows`] })
  const { fieldState } = useController({ control, name: `${list}.isOwn` })
  const setOwn = (own: boolean) => setValue(`${list}.isOwn`, own, { shouldDirty: true, shouldValidate: true })
  const take = (own: boolean) => {
    setValue(`${list}.rows`, own ? [...inherited] : [], { shouldDirty: true })
    setOwn(own)
  }
  return (
    <section aria-label={title}>
      <div className="mb-1 flex flex-wrap items-baseline justify-between gap-2">
        <h3 className="font-semibold">{title}</h3>
        <Button variant="quiet" size="small" className="-mr-2 text-accent" onClick={() => take(!isOwn)} aria-label={isOwn ? `Take ${title} from the template` : `Set own ${title}`}>
          {isOwn ? 'Take from template' : `Set own ${title.toLowerCase()}`}
        </Button>
      </div>
      <p className="mb-2 text-xs text-text-2">{help}</p>
      {isOwn ? <OwnRows control={control} list={list} one={one} onRemoved={() => setOwn(true)} /> : <Inherited texts={inheritedTexts} />}
      {isOwn && inheritedTexts.length > 0 ? <p className="mt-1.5 text-xs text-text-2">{`${rows.some(isFilled) ? 'In place of the template’s' : 'While it is empty, matching goes by the template’s'} ${inheritedTexts.join(', ')}.`}</p> : null}
      {fieldState.error ? (
        <p role="alert" className="mt-1 text-xs font-medium text-failed">
          {fieldState.error.message}
        </p>
      ) : null}
    </section>
  )
}
