import { newVngRequest, vngChangesRequest, type VngTemplate } from '@/lib/contract/vngs'
import { changesOf, isEmptyList, isObject, isSame, valueAt, type VngDraft } from './vng-document'
import { isFilled, pairLists, type VngFormValues } from './vng-form-values'
import { vngFields } from './vng-fields'

/** One thing that is wrong, by the field's dotted path in the API's object. */
export type VngFault = { path: string; message: string }

export type VngCase = {
  /** The group as it is, or an empty object for a new one. */
  before: VngDraft
  isNew: boolean
  /** Names of the cluster's other groups. */
  takenNames: ReadonlySet<string>
  template: VngTemplate | null
}

const limitFaults = (draft: VngDraft): VngFault[] => {
  const pairs = [['nodeCountLimits.minCount', 'nodeCountLimits.maxCount'], ['vmSizes.filters.minVCpu', 'vmSizes.filters.maxVCpu'], ['vmSizes.filters.minMemoryGiB', 'vmSizes.filters.maxMemoryGiB']] as const
  return pairs.flatMap(([low, high]) => {
    const [least, most] = [valueAt(draft, low.split('.')), valueAt(draft, high.split('.'))]
    return typeof least === 'number' && typeof most === 'number' && least > most ? [{ path: low, message: `The least (${least}) is more than the most (${most}).` }] : []
  })
}

const fixedFaults = (before: VngDraft, draft: VngDraft): VngFault[] =>
  vngFields
    .filter(({ isFixed, path }) => isFixed && !isSame(valueAt(before, path) ?? null, valueAt(draft, path) ?? null))
    .map(({ path, label }) => ({ path: path.join('.'), message: `${label} cannot be changed once the group is there. Create a new group instead.` }))

const nameFaults = (draft: VngDraft, { takenNames }: VngCase): VngFault[] =>
  typeof draft.name === 'string' && takenNames.has(draft.name) ? [{ path: 'name', message: 'A virtual node group of this name is already there.' }] : []

/** Spot's documents say that what is left blank comes from the template, and not whether an empty list is blank. Matching takes it for blank. */
const emptyListFaults = (changes: VngDraft, template: VngTemplate | null): VngFault[] =>
  (['labels', 'taints'] as const)
    .filter((list) => isEmptyList(changes[list]) && Object.keys(template?.[list] ?? {}).length > 0)
    .map((list) => ({
      path: list,
      message: `An empty list is not saved: Spot does not say whether it means no ${list} or those of the template. Take the ${list} from the template, or enter at least one.`,
    }))

/** What is wrong with a draft, before anything is sent. Only what changes is judged: what is there already was accepted. */
export const faultsOf = (draft: VngDraft, shape: VngCase): VngFault[] => {
  const changes = changesOf(shape.before, draft)
  const parsed = shape.isNew ? newVngRequest.safeParse(changes) : Object.keys(changes).length > 0 ? vngChangesRequest.safeParse(changes) : null
  const faults = parsed === null || parsed.success ? [] : parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  return [...faults, ...emptyListFaults(changes, shape.template), ...limitFaults(draft), ...nameFaults(draft, shape), ...(shape.isNew ? [] : fixedFaults(shape.before, draft))]
}

/** The form's field for a path of the API's object, null for what the form does not show. */
export const fieldNameOf = (path: string, values: VngFormValues): string | null => {
  const own = path.replace(/^virtualNodeGroup\./, '')
  const isIn = (field: string) => own === field || own.startsWith(`${field}.`)
  if (own === 'name') return 'name'
  for (const list of pairLists) {
    if (!isIn(list)) continue
    const index = values[list].rows.findIndex((row) => isFilled(row) && row.key.trim() === own.slice(list.length + 1))
    return index < 0 ? `${list}.isOwn` : `${list}.rows.${index}.key`
  }
  if (isIn('taints')) {
    const [, index, key = 'key'] = own.split('.')
    const filled = values.taints.rows.flatMap((row, at) => (isFilled(row) ? [at] : []))
    const at = filled[Number(index)]
    return at === undefined ? 'taints.isOwn' : `taints.rows.${at}.${key}`
  }
  const field = vngFields.find((candidate) => isIn(candidate.path.join('.'))) ?? vngFields.find((candidate) => candidate.path[0] === own)
  return field === undefined ? null : `scalars.${field.id}`
}

/** Rows that would overwrite each other once they are one object. */
export const doubledRows = (values: VngFormValues): VngFault[] =>
  pairLists.flatMap((list) => {
    const seen = new Set<string>()
    return values[list].rows.flatMap((row, index) => {
      const key = row.key.trim()
      if (!isFilled(row) || !seen.has(key)) return seen.add(key) && []
      return [{ path: `${list}.rows.${index}.key`, message: 'This key stands twice.' }]
    })
  })

const isText = (value: unknown) => value === null || value === undefined || ['string', 'number', 'boolean'].includes(typeof value)
const isNone = (value: unknown) => value === null || value === undefined

/** Why the form cannot show a draft, null when it can. Wrong values it can show, wrong kinds of values it would lose. */
export const undrawable = (draft: unknown): VngFault | null => {
  if (!isObject(draft)) return { path: '', message: 'A virtual node group is an object: it begins with { and ends with }.' }
  for (const name of pairLists) {
    const map = draft[name]
    if (!isNone(map) && !(isObject(map) && Object.values(map).every(isText))) return { path: name, message: `${name === 'labels' ? 'Labels' : 'Tags'} are an object of keys and texts.` }
  }
  const { taints } = draft
  if (!isNone(taints) && !(Array.isArray(taints) && taints.every((taint) => isObject(taint) && Object.values(taint).every(isText)))) return { path: 'taints', message: 'Taints are a list of objects with key, value and effect.' }
  for (const { path } of vngFields) {
    const parent = valueAt(draft, path.slice(0, 1))
    if (path.length > 1 && !isNone(parent) && !isObject(parent)) return { path: path[0] ?? '', message: 'An object belongs here.' }
    const value = valueAt(draft, path)
    if (!isText(value) && !(Array.isArray(value) && value.every(isText))) return { path: path.join('.'), message: 'A single value belongs here.' }
  }
  return isText(draft.name) ? null : { path: 'name', message: 'A name is text.' }
}
