import { ageText } from './age'
import type { Parts, Texts } from './meta'
import type { View } from './view'
import type { Change } from './ledger/book'

type Cell = string | number

/** A column of a Table. Priority 1 is shown by `-o wide` only. */
export type Column<Shape extends Parts> = {
  name: string
  type: 'string' | 'integer'
  priority: 0 | 1
  cell(object: Shape, nowMs: number): Cell
}

/** One object, made in full only when it is sent. */
export type Entry = {
  namespace: string
  name: string
  labels: () => Texts
  /** What a field selector may ask for. */
  fields: () => Texts
  object: () => Parts
}

/** A resource of the API. */
export type Resource = {
  group: string
  /** The preferred one first. */
  versions: readonly string[]
  plural: string
  singular: string
  kind: string
  shortNames: readonly string[]
  isNamespaced: boolean
  /** Field labels that can be selected by, besides the name and the namespace. */
  fieldNames: readonly string[]
  columns: readonly Column<Parts>[]
  /** In the order of namespace and name; `version` asks for them as they were, where that is known. */
  entries: (view: View, version?: number) => Entry[]
  watch?: Watchable
}

type Watchable = {
  oldest: (view: View) => number
  changesAfter: (view: View, version: number) => { version: number; before: Entry | null; after: Entry | null; gone: Entry | null }[]
}

/** What watching needs of a kind whose changes are kept. What has gone is shown as it last was, with the version of its end. */
export const watchable = <Value>(
  bookOf: (view: View) => { oldest: () => number; changesAfter: (version: number) => Change<Value>[] },
  entryOf: (view: View, tracked: NonNullable<Change<Value>['after']>) => Entry,
): Watchable => ({
  oldest: (view) => bookOf(view).oldest(),
  changesAfter: (view, after) =>
    bookOf(view)
      .changesAfter(after)
      .map(({ version, before, after: now }) => ({
        version,
        before: before && entryOf(view, before),
        after: now && entryOf(view, now),
        gone: before && entryOf(view, { ...before, version }),
      })),
})

/** An entry of an object that is cheap to make. */
export const plainEntry = (object: Parts, fields: Texts = {}): Entry => ({
  namespace: object.metadata.namespace ?? '',
  name: object.metadata.name,
  labels: () => object.metadata.labels ?? {},
  fields: () => fields,
  object: () => object,
})

export const keyOf = ({ namespace, name }: Pick<Entry, 'namespace' | 'name'>): string => `${namespace}/${name}`

export const inOrder = (entries: Entry[]): Entry[] => entries.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))

const column =
  (priority: 0 | 1) =>
  <Shape extends Parts>(name: string, cell: (object: Shape, nowMs: number) => Cell, type: 'string' | 'integer' = 'string'): Column<Shape> => ({ name, type, priority, cell })

export const shown = column(0)
/** Shown by `-o wide`. */
export const wide = column(1)

export const nameColumn = shown<Parts>('Name', ({ metadata }) => metadata.name)
export const ageColumn = shown<Parts>('Age', ({ metadata }, nowMs) => ageText(nowMs - Date.parse(metadata.creationTimestamp)))
