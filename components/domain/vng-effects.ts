import type { VngTemplate } from '@/lib/contract/vngs'
import { changesOf, isObject, isSame, valueAt, type VngDraft } from './vng-document'
import { textOf, vngFields, templateText } from './vng-fields'

export type FieldChange = { name: string; from: string; to: string }

const shown = (value: unknown): string => {
  if (value === null || value === undefined) return 'from the template'
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  return isObject(value) || (Array.isArray(value) && value.some(isObject)) ? JSON.stringify(value) : textOf(value) || 'none'
}

const taintShown = ({ key, value, effect }: VngDraft): string => `${textOf(key)}${textOf(value) === '' ? '' : `=${textOf(value)}`}:${textOf(effect)}`

const rowTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(isObject).map(taintShown) : isObject(value) ? Object.entries(value).map(([key, text]) => `${key}=${textOf(text)}`) : []

/** An empty list of one's own reads as the template's, as it does in matching. */
const listedRows = (draft: VngDraft, name: string, template: unknown): string => {
  const [own, inherited] = [rowTexts(draft[name]), rowTexts(valueAt(template, [name]))]
  if (own.length > 0) return own.join(', ')
  if (inherited.length > 0) return `${inherited.join(', ')}, from the template`
  return (draft[name] ?? null) === null ? 'from the template' : 'none'
}

const rowLists = [['labels', 'Labels'], ['taints', 'Taints'], ['tags', 'Tags']] as const

/** What an edit changes, field by field, in the words of the form. */
export const fieldChanges = (before: VngDraft, draft: VngDraft, template: VngTemplate | null): FieldChange[] => {
  const changes = changesOf(before, draft)
  const scalars = vngFields
    .filter(({ path }) => !isSame(valueAt(before, path) ?? null, valueAt(draft, path) ?? null))
    .map((field) => {
      const to = shown(valueAt(draft, field.path))
      const inherited = to === 'from the template' ? templateText(field, template) : null
      return { name: field.label, from: shown(valueAt(before, field.path)), to: inherited === null ? to : `${inherited}, from the template` }
    })
  const rows = rowLists
    .filter(([name]) => name in changes)
    .map(([name, label]) => ({ name: label, from: listedRows(before, name, template), to: listedRows(draft, name, template) }))
    .filter(({ from, to }) => from !== to)
  const covered = new Set(['name', ...vngFields.map(({ path }) => path[0]), ...rowLists.map(([name]) => name)])
  const others = Object.keys(changes).filter((key) => !covered.has(key)).map((key) => ({ name: key, from: shown(before[key]), to: shown(draft[key]) }))
  const name = 'name' in changes ? [{ name: 'Name', from: shown(before.name), to: shown(draft.name) }] : []
  return [...name, ...rows, ...scalars, ...others]
}

const tagsOf = ({ tags }: VngDraft): Record<string, string> => (isObject(tags) ? Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, textOf(value)])) : {})

/** What an edit of Azure tags does to nodes that already run, line by line; tags decide no match. */
export const tagLines = (before: VngDraft, draft: VngDraft): string[] => {
  const [was, is] = [tagsOf(before), tagsOf(draft)]
  return [
    ...Object.entries(is).flatMap(([key, value]) => (was[key] === undefined ? [`Tag ${key}=${value} is added`] : was[key] === value ? [] : [`Tag ${key} changes from ${was[key]} to ${value}`])),
    ...Object.keys(was).flatMap((key) => (is[key] === undefined ? [`Tag ${key} is removed`] : [])),
  ]
}
