/** A group as an object of the API's own shape. What is missing or null comes from the template. */
export type VngDraft = Record<string, unknown>

const readOnly = new Set(['id', 'oceanId', 'createdAt', 'updatedAt'])

/** The part of a group that a person may change. */
export const editableOf = (document: VngDraft): VngDraft => Object.fromEntries(Object.entries(document).filter(([key]) => !readOnly.has(key)))

export const isObject = (value: unknown): value is VngDraft => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Labels, tags or taints of one's own without an entry. */
export const isEmptyList = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0

export const valueAt = (draft: unknown, path: readonly string[]): unknown => path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), draft)

/** The draft with one field set; undefined takes it out, and what is empty then as well. */
export const withValue = (draft: VngDraft, [key, ...rest]: readonly string[], value: unknown): VngDraft => {
  if (key === undefined || (value === undefined && !(key in draft))) return draft
  const held = draft[key]
  if (value === undefined && rest.length > 0 && valueAt(held, rest) === undefined) return draft
  const next = rest.length === 0 ? value : withValue(isObject(held) ? held : {}, rest, value)
  const { [key]: _, ...others } = draft
  if (next === undefined || (rest.length > 0 && isObject(next) && Object.keys(next).length === 0)) return others
  return key in draft ? { ...draft, [key]: next } : { ...others, [key]: next }
}

const sorted = (value: unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])) : Array.isArray(value) ? value.map(sorted) : value

/** Equal in content: the order of an object's keys says nothing. */
export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

/** Maps that a person edits as a whole; the API replaces them. */
export const maps = new Set(['labels', 'tags'])

const nulls = (before: VngDraft): VngDraft => Object.fromEntries(Object.keys(before).map((key) => [key, null]))

const changesAt = (before: VngDraft, after: VngDraft, depth: number): VngDraft => {
  const changes: VngDraft = {}
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const was = before[key] ?? null
    const is = after[key] ?? null
    if (isSame(was, is)) continue
    if (maps.has(key) || !isObject(was) || !(is === null || isObject(is))) changes[key] = is
    else {
      const inside = depth === 0 ? changesAt(was, is ?? {}, 1) : { ...nulls(was), ...is }
      if (Object.keys(inside).length > 0) changes[key] = inside
    }
  }
  return changes
}

/**
 * What an edit has to send: changed fields and nothing else, null where the template's value is taken again. A
 * field within a group of fields is sent alone; what lies deeper is sent whole with nulls for what was taken
 * out, because the API does not say whether it merges there or replaces.
 */
export const changesOf = (before: VngDraft, after: VngDraft): VngDraft => changesAt(before, after, 0)
