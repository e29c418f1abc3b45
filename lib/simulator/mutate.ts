import type { FieldDrift } from './admin-types'

type Item = Record<string, unknown>

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null

const asType: Record<NonNullable<FieldDrift['as']>, (value: unknown) => unknown> = {
  text: (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
  number: (value) => (Number.isFinite(Number(value)) ? Number(value) : 0),
  boolean: Boolean,
  list: (value) => [value],
  object: (value) => ({ value }),
  null: () => null,
}

const change = (target: Item, key: string, { value, as, renameTo }: FieldDrift): void => {
  const before = target[key]
  if (renameTo !== undefined && key in target) target[renameTo] = before
  if (as !== undefined) target[key] = asType[as](before)
  else if (value !== undefined && renameTo === undefined) target[key] = value
  else delete target[key]
}

/** Changes the field at a dotted path in the items of an envelope's body: in all that have a place for it, or every nth. */
export const mutateItems = (body: unknown, drift: FieldDrift): void => {
  const keys = drift.path.split('.')
  const last = keys.pop() ?? ''
  let targets = (body as { response?: { items?: Item[] } }).response?.items ?? []
  for (const key of keys) targets = targets.flatMap((target) => [target[key]].flat()).filter(isItem)
  for (const [index, target] of targets.entries()) if ((index + 1) % drift.every === 0) change(target, last, drift)
}
