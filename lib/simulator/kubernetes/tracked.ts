import type { Book, Tracked } from './ledger/book'
import type { Parts, Texts } from './meta'
import type { Entries, Entry, Resource } from './resource'
import type { View } from './view'

type Named = { name: string }

/** What can be known of an object before it is made in full. */
export type Kind<Value extends Named> = {
  bookOf: (view: View) => Book<Value>
  namespaceOf: (value: Value) => string
  labelsOf: (view: View, value: Value) => Texts
  fieldsOf: (value: Value) => Texts
  objectOf: (view: View, tracked: Tracked<Value>) => Parts
}

/** A class, for one is made of every object of a list, page by page: functions of its own would cost more than the object. */
class TrackedEntry<Value extends Named> implements Entry {
  readonly #kind: Kind<Value>
  readonly #view: View
  readonly #tracked: Tracked<Value>

  constructor(kind: Kind<Value>, view: View, tracked: Tracked<Value>) {
    this.#kind = kind
    this.#view = view
    this.#tracked = tracked
  }

  get namespace() {
    return this.#kind.namespaceOf(this.#tracked.value)
  }

  get name() {
    return this.#tracked.value.name
  }

  labels() {
    return this.#kind.labelsOf(this.#view, this.#tracked.value)
  }

  fields() {
    return this.#kind.fieldsOf(this.#tracked.value)
  }

  object() {
    return this.#kind.objectOf(this.#view, this.#tracked)
  }
}

/** A page looks at few of its list's objects. */
class TrackedEntries<Value extends Named> implements Entries {
  readonly #kind: Kind<Value>
  readonly #view: View
  readonly #list: readonly Tracked<Value>[]

  constructor(kind: Kind<Value>, view: View, list: readonly Tracked<Value>[]) {
    this.#kind = kind
    this.#view = view
    this.#list = list
  }

  get length() {
    return this.#list.length
  }

  at(index: number) {
    const tracked = this.#list.at(index)
    return tracked && new TrackedEntry(this.#kind, this.#view, tracked)
  }

  *[Symbol.iterator]() {
    for (const tracked of this.#list) yield new TrackedEntry(this.#kind, this.#view, tracked)
  }
}

/** How the objects of a kind whose changes are kept are listed and watched. What has gone is shown as it last was, with the version of its end. */
export const trackedKind = <Value extends Named>(kind: Kind<Value>): Pick<Resource, 'entries' | 'watch'> => ({
  entries: (view, version) => new TrackedEntries(kind, view, kind.bookOf(view).list(version)),
  watch: {
    oldest: (view) => kind.bookOf(view).oldest(),
    changesAfter: (view, after) =>
      kind
        .bookOf(view)
        .changesAfter(after)
        .map(({ version, before, after: now }) => ({
          before: before && new TrackedEntry(kind, view, before),
          after: now && new TrackedEntry(kind, view, now),
          gone: before && new TrackedEntry(kind, view, { ...before, version }),
        })),
  },
})
