'use client'

import { useState } from 'react'
import { useForm, useWatch, type FieldErrors, type Resolver } from 'react-hook-form'
import { doubledRows, faultsOf, fieldNameOf, undrawable, type VngCase, type VngFault } from './vng-check'
import { isObject, isSame, withValue, type VngDraft } from './vng-document'
import { draftOf, valuesOf, type VngFormValues } from './vng-form-values'
import { lineOf, readJson } from './vng-json'
import { rebased } from './vng-rebase'

export type VngView = 'form' | 'json'
/** A fault of the JSON view; `line` counts from 1. */
export type LineFault = { line: number; sentence: string }

const errorsOf = (faults: readonly VngFault[]): FieldErrors<VngFormValues> =>
  faults.reduceRight<VngDraft>((errors, { path, message }) => withValue(errors, path.split('.'), { type: 'custom', message }), {}) as FieldErrors<VngFormValues>

const formFaults = (base: VngDraft, values: VngFormValues, shape: VngCase): VngFault[] => [
  ...doubledRows(values),
  ...faultsOf(draftOf(base, values), shape).map(({ path, message }) => ({ path: fieldNameOf(path, values) ?? 'others', message })),
]

type Json = { draft: VngDraft | null; faults: LineFault[] }

const jsonOf = (text: string, shape: VngCase, refused: readonly VngFault[]): Json => {
  const reading = readJson(text)
  if (!reading.ok) return { draft: null, faults: [{ line: reading.line, sentence: reading.sentence }] }
  const atLine = ({ path, message }: VngFault): LineFault => ({ line: lineOf(reading.lines, path), sentence: path === '' ? message : `${path}: ${message}` })
  const broken = undrawable(reading.value)
  if (broken !== null || !isObject(reading.value)) return { draft: null, faults: broken === null ? [] : [atLine(broken)] }
  return { draft: reading.value, faults: [...faultsOf(reading.value, shape), ...refused].map(atLine) }
}

/** What the editor begins with: a draft for the form, or with a text the JSON view; and the group that it changes. */
type Beginning = { before: VngDraft; draft: VngDraft; text: string | null; hasMoved: boolean }

const asText = (draft: VngDraft): string => JSON.stringify(draft, null, 2)

/**
 * The group as it was left half-filled, where what was kept is one; else as it begins. Where the group has moved on
 * meanwhile, what was entered is put on what it is now; a text that cannot be read is still held against what it was.
 */
export const beginningOf = (before: VngDraft, start: VngDraft, left: unknown): Beginning => {
  const kept = isObject(left) ? left : {}
  const text = typeof kept.text === 'string' ? kept.text : null
  const was = isObject(kept.before) ? kept.before : before
  const hasMoved = !isSame(was, before)
  const reading = text === null ? null : readJson(text)
  const typed = reading === null ? kept.draft : reading.ok ? reading.value : null
  if (!hasMoved || !isObject(typed)) return { before: was, draft: isObject(kept.draft) ? kept.draft : start, text, hasMoved }
  const draft = rebased(was, typed, before)
  return { before, draft, text: text === null ? null : asText(draft), hasMoved }
}

/** What stands in the editor, for another beginning. */
export const typedIn = (before: VngDraft, { view, draft, text }: Pick<VngEditor, 'view' | 'draft' | 'text'>): Partial<Beginning> => ({ before, ...(view === 'json' ? { text } : { draft: draft ?? {} }) })

/**
 * One group in two views. The form and the JSON text are two ways to write the same draft: each is made from the
 * other when the view is changed, and a text that the form could not show stays where it is.
 */
export const useVngEditor = (start: Pick<Beginning, 'draft' | 'text'>, shape: VngCase) => {
  const [base, setBase] = useState(start.draft)
  const [text, setText] = useState(start.text)
  const [refused, setRefused] = useState<readonly VngFault[]>([])
  const resolver: Resolver<VngFormValues> = (values) => {
    const faults = formFaults(base, values, shape)
    return faults.length === 0 ? { values, errors: {} } : { values: {}, errors: errorsOf(faults) }
  }
  const form = useForm<VngFormValues>({ defaultValues: valuesOf(start.draft), mode: 'onChange', resolver })
  const [name, scalars, labels, tags, taints] = useWatch({ control: form.control, name: ['name', 'scalars', 'labels', 'tags', 'taints'] })
  const json = text === null ? null : jsonOf(text, shape, refused)
  const values = { name, scalars, labels, tags, taints }
  const draft = json === null ? draftOf(base, values) : json.draft

  const showForm = (): boolean => {
    if (json === null) return true
    if (json.draft === null) return false
    setBase(json.draft)
    form.reset(valuesOf(json.draft), { keepDefaultValues: true })
    setText(null)
    return true
  }
  const showJson = async (): Promise<boolean> => {
    if (doubledRows(form.getValues()).length > 0) {
      await form.trigger()
      return false
    }
    setText(asText(draftOf(base, form.getValues())))
    return true
  }
  /** Shows what Spot refused where it was entered. What has no place is given back. */
  const refuse = (faults: readonly VngFault[]): VngFault[] => {
    setRefused(faults.map(({ path, message }) => ({ path: path.replace(/^virtualNodeGroup\./, ''), message })))
    if (text !== null) return []
    return faults.filter(({ path, message }) => {
      const field = fieldNameOf(path, form.getValues())
      if (field !== null) form.setError(field as 'name', { message })
      return field === null
    })
  }
  return {
    form,
    draft,
    view: (text === null ? 'form' : 'json') as VngView,
    text: text ?? '',
    jsonFaults: json?.faults ?? [],
    /** What is wrong in fields that the form does not show. */
    hiddenFaults: json === null ? faultsOf(draftOf(base, values), shape).filter(({ path }) => fieldNameOf(path, values) === null) : [],
    setText: (next: string) => {
      setRefused([])
      setText(next)
    },
    showForm,
    showJson,
    refuse,
    /** Calls back with a draft in which nothing is wrong; otherwise the faults are shown. */
    submit: (send: (draft: VngDraft) => void): void => {
      if (json !== null) {
        if (json.draft !== null && faultsOf(json.draft, shape).length === 0) send(json.draft)
        return
      }
      void form.handleSubmit((values) => send(draftOf(base, values)))()
    },
  }
}
export type VngEditor = ReturnType<typeof useVngEditor>
