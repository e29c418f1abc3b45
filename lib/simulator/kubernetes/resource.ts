import { ageText } from './age'
import type { Parts, Texts } from './meta'
import type { View } from './view'

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
  readonly namespace: string
  readonly name: string
  labels(): Texts
  /** What a field selector may ask for. */
  fields(): Texts
  object(): Parts
}

/** A list whose entries are made as they are asked for. */
export type Entries = Pick<readonly Entry[], 'length' | 'at'> & Iterable<Entry>

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
  entries: (view: View, version?: number) => Entries
  watch?: Watchable
}

type Watchable = {
  /** Changes after this version are known. */
  oldest: (view: View) => number
  /** What has changed since; `gone` is what there was, as it is shown when it has gone. */
  changesAfter: (view: View, version: number) => { before: Entry | null; after: Entry | null; gone: Entry | null }[]
}

/** An entry of an object that is made when it is asked for. */
export const plainEntry = (namespace: string, name: string, object: () => Parts, fields: Texts = {}): Entry => ({
  namespace,
  name,
  labels: () => object().metadata.labels ?? {},
  fields: () => fields,
  object,
})

export const keyOf = ({ namespace, name }: Pick<Entry, 'namespace' | 'name'>): string => `${namespace}/${name}`

export const inOrder = (entries: Entry[]): Entry[] =>
  entries
    .map((entry) => ({ key: keyOf(entry), entry }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ entry }) => entry)

const column =
  (priority: 0 | 1) =>
  <Shape extends Parts>(name: string, cell: (object: Shape, nowMs: number) => Cell, type: 'string' | 'integer' = 'string'): Column<Shape> => ({ name, type, priority, cell })

export const shown = column(0)
/** Shown by `-o wide`. */
export const wide = column(1)

export const nameColumn = shown<Parts>('Name', ({ metadata }) => metadata.name)
export const ageColumn = shown<Parts>('Age', ({ metadata }, nowMs) => ageText(nowMs - Date.parse(metadata.creationTimestamp)))
