import { isObject, isSame, valueAt, withValue, type VngDraft } from './vng-document'
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

const taintRow = ({ key, value, effect }: VngDraft): KeyRow => ({ key: textOf(key), value: textOf(value), effect: textOf(effect) })

const taintsOf = (value: unknown): OwnRows => ({ isOwn: Array.isArray(value), rows: Array.isArray(value) ? value.filter(isObject).map(taintRow) : [] })

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

/** A taint that came without a value does not get an empty one. */
const taintsFrom = (base: unknown, { isOwn, rows }: OwnRows): unknown => {
  if (!isOwn) return undefined
  const bare = taintsOf(Array.isArray(base) ? base.filter((taint) => isObject(taint) && (taint.value ?? null) === null) : []).rows
  return rows.filter(isFilled).map((row) => {
    const { value, ...others } = taintFrom(row)
    return bare.some((each) => isSame(each, row)) ? others : { ...others, value }
  })
}

/**
 * The draft for a form. Fields that the form does not show stay as they are in `base`, and so does what still reads
 * as it did: no value, an empty list and a number in place of text look alike in a form and are not the same to Spot.
 */
export const draftOf = (base: VngDraft, values: VngFormValues): VngDraft => {
  const was = valuesOf(base)
  const named = values.name === was.name ? base : withValue(base, ['name'], values.name.trim())
  const scalars = vngFields.reduce((draft, field) => {
    const text = values.scalars[field.id] ?? ''
    return text === was.scalars[field.id] ? draft : withValue(draft, field.path, valueOf(field, text))
  }, named)
  const lists = pairLists.reduce((draft, name) => (isSame(values[name], was[name]) ? draft : withValue(draft, [name], pairsFrom(values[name]))), scalars)
  return isSame(values.taints, was.taints) ? lists : withValue(lists, ['taints'], taintsFrom(base.taints, values.taints))
}
