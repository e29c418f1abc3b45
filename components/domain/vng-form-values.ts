import { isObject, valueAt, withValue, type VngDraft } from './vng-document'
import { textOf, valueOf, vngFields } from './vng-fields'

/** A label, a tag or a taint; only a taint has an effect. */
export type KeyRow = { key: string; value: string; effect: string }

/** Rows of the group's own, or none of its own: then those of the template hold. */
type OwnRows = { isOwn: boolean; rows: KeyRow[] }

export const pairLists = ['labels', 'tags'] as const

/** The form as it stands on screen: what is typed stays as typed, so that a faulty entry survives a change of view. */
export type VngFormValues = { name: string; scalars: Record<string, string>; labels: OwnRows; tags: OwnRows; taints: OwnRows }

const pairsOf = (value: unknown): OwnRows => ({
  isOwn: isObject(value),
  rows: isObject(value) ? Object.entries(value).map(([key, text]) => ({ key, value: textOf(text), effect: '' })) : [],
})

const taintsOf = (value: unknown): OwnRows => ({
  isOwn: Array.isArray(value),
  rows: Array.isArray(value) ? value.filter(isObject).map((taint) => ({ key: textOf(taint.key), value: textOf(taint.value), effect: textOf(taint.effect) })) : [],
})

/** The form for a draft. */
export const valuesOf = (draft: VngDraft): VngFormValues => ({
  name: textOf(draft.name),
  scalars: Object.fromEntries(vngFields.map(({ id, path }) => [id, textOf(valueAt(draft, path))])),
  labels: pairsOf(draft.labels),
  tags: pairsOf(draft.tags),
  taints: taintsOf(draft.taints),
})

/** A row that is still empty stands for nothing. */
export const isFilled = ({ key, value }: KeyRow): boolean => key.trim() !== '' || value.trim() !== ''

const pairsFrom = ({ isOwn, rows }: OwnRows): unknown => (isOwn ? Object.fromEntries(rows.filter(isFilled).map(({ key, value }) => [key.trim(), value.trim()])) : undefined)

const taintFrom = ({ key, value, effect }: KeyRow) => ({ key: key.trim(), value: value.trim(), effect })

/** The draft for a form. Fields that the form does not show stay as they are in `base`. */
export const draftOf = (base: VngDraft, values: VngFormValues): VngDraft => {
  const scalars = vngFields.reduce((draft, field) => withValue(draft, field.path, valueOf(field, values.scalars[field.id] ?? '')), withValue(base, ['name'], values.name.trim()))
  const lists = pairLists.reduce((draft, name) => withValue(draft, [name], pairsFrom(values[name])), scalars)
  return withValue(lists, ['taints'], values.taints.isOwn ? values.taints.rows.filter(isFilled).map(taintFrom) : undefined)
}
