import { counted } from '@/lib/format/plural'
import type { VngTemplate } from '@/lib/contract/vngs'
import { labelsOf, taintsOf, taintText, type ClusterNode } from './vng-carried'
import { changesOf, isObject, isSame, valueAt, type VngDraft } from './vng-document'
import { textOf, vngFields, templateText } from './vng-fields'

export type FieldChange = { name: string; from: string; to: string }

const shown = (value: unknown): string => {
  if (value === null || value === undefined) return 'from the template'
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  return isObject(value) || (Array.isArray(value) && value.some(isObject)) ? JSON.stringify(value) : textOf(value) || 'none'
}

const listedRows = (draft: VngDraft, name: string): string => {
  const value = draft[name]
  if (name === 'taints' && Array.isArray(value)) return taintsOf(draft, null).map(taintText).join(', ') || 'none'
  return isObject(value) ? Object.entries(value).map(([key, text]) => `${key}=${textOf(text)}`).join(', ') || 'none' : 'from the template'
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
  const rows = rowLists.filter(([name]) => name in changes).map(([name, label]) => ({ name: label, from: listedRows(before, name), to: listedRows(draft, name) }))
  const covered = new Set(['name', ...vngFields.map(({ path }) => path[0]), ...rowLists.map(([name]) => name)])
  const others = Object.keys(changes).filter((key) => !covered.has(key)).map((key) => ({ name: key, from: shown(before[key]), to: shown(draft[key]) }))
  const name = 'name' in changes ? [{ name: 'Name', from: shown(before.name), to: shown(draft.name) }] : []
  return [...name, ...rows, ...scalars, ...others]
}

export type NodeEffects = { nodes: ClusterNode[]; lines: string[] }

const mapLines = (what: string, before: Record<string, string>, after: Record<string, string>): string[] => [
  ...Object.entries(after).flatMap(([key, value]) => (before[key] === undefined ? [`${what} ${key}=${value} is added`] : before[key] === value ? [] : [`${what} ${key} changes from ${before[key]} to ${value}`])),
  ...Object.keys(before).flatMap((key) => (after[key] === undefined ? [`${what} ${key} is removed`] : [])),
]

const tagsOf = ({ tags }: VngDraft): Record<string, string> => (isObject(tags) ? Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, textOf(value)])) : {})

/**
 * What an edit does to nodes that already run: labels, tags and taints of a group reach them at once (Ocean AKS,
 * Virtual node groups). Every other field holds for new nodes only.
 */
export const nodeEffects = (before: VngDraft, draft: VngDraft, template: VngTemplate | null, running: readonly ClusterNode[]): NodeEffects => {
  const [was, is] = [taintsOf(before, template).map(taintText), taintsOf(draft, template).map(taintText)]
  const added = is.filter((text) => !was.includes(text))
  const lines = [
    ...mapLines('Label', labelsOf(before, template), labelsOf(draft, template)),
    ...added.map((text) => `Taint ${text} is added${text.endsWith(':NoExecute') ? ': pods that do not tolerate it are evicted at once' : ''}`),
    ...was.filter((text) => !is.includes(text)).map((text) => `Taint ${text} is removed`),
    ...mapLines('Tag', tagsOf(before), tagsOf(draft)),
  ]
  return { lines, nodes: lines.length === 0 ? [] : [...running] }
}

export const effectsTitle = ({ nodes }: NodeEffects): string => (nodes.length === 0 ? 'No node runs in this group now.' : `${counted(nodes.length, 'running node')} ${nodes.length === 1 ? 'changes' : 'change'} at once.`)

/** The nodes of a cluster that run in a group. */
export const runningIn = (vngId: string, nodes: readonly ClusterNode[]): ClusterNode[] => nodes.filter(({ virtualNodeGroupId }) => virtualNodeGroupId === vngId)
