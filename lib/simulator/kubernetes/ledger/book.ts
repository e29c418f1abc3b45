import type { TwinMs } from '@/lib/twin/types'

/** An object as it was at a version. Never changed: the twin's own objects are. */
export type Tracked<Value> = {
  value: Value
  version: number
  /** When it last changed. */
  changedMs: TwinMs
  /** When it last became ready, or ceased to be. */
  readyMs: TwinMs
}

/** `before` is null for what has come, `after` for what has gone. */
export type Change<Value> = { version: number; key: string; before: Tracked<Value> | null; after: Tracked<Value> | null }

export type Book<Value> = {
  /** Every object in the order of its key, now or as of an earlier version. */
  list: (version?: number) => Tracked<Value>[]
  get: (key: string) => Tracked<Value> | undefined
  /** What has changed after a version, oldest first. */
  changesAfter: (version: number) => Change<Value>[]
  /** Changes after this version are all known; those before are forgotten. */
  oldest: () => number
  set: (key: string, value: Value, version: number, tMs: TwinMs) => void
  remove: (key: string, version: number) => void
}

type BookOptions<Value> = {
  start: number
  isReady: (value: Value) => boolean
  /** So many changes are kept at least; up to twice as many are there at times. */
  keep?: number
}

const byKey = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1)

/** The objects of one kind with their versions, and the last changes. */
export const createBook = <Value extends object>({ start, isReady, keep = 20_000 }: BookOptions<Value>): Book<Value> => {
  const current = new Map<string, Tracked<Value>>()
  const changes: Change<Value>[] = []
  let oldest = start
  let sorted: Tracked<Value>[] | null = null
  /** The last earlier state that was asked for: that of a list read page by page. */
  let earlier: { version: number; list: Tracked<Value>[] } | null = null

  const note = (change: Change<Value>) => {
    sorted = null
    changes.push(change)
    if (changes.length < keep * 2) return
    oldest = changes.splice(0, keep).at(-1)?.version ?? oldest
  }
  const sort = (objects: Map<string, Tracked<Value>>) => [...objects].sort(byKey).map(([, tracked]) => tracked)
  const changesAfter = (version: number): Change<Value>[] => changes.slice(changes.findLastIndex((change) => change.version <= version) + 1)

  const asOf = (version: number): Map<string, Tracked<Value>> => {
    const then = new Map(current)
    for (const { key, before } of changesAfter(version).reverse()) {
      if (before === null) then.delete(key)
      else then.set(key, before)
    }
    return then
  }

  return {
    list: (version) => {
      if (version !== undefined && version < (changes.at(-1)?.version ?? start)) {
        if (earlier?.version !== version) earlier = { version, list: sort(asOf(version)) }
        return earlier.list
      }
      sorted ??= sort(current)
      return sorted
    },
    get: (key) => current.get(key),
    changesAfter,
    oldest: () => oldest,
    set: (key, value, version, tMs) => {
      const before = current.get(key) ?? null
      const readyMs = before !== null && isReady(before.value) === isReady(value) ? before.readyMs : tMs
      const after = { value: { ...value }, version, changedMs: tMs, readyMs }
      current.set(key, after)
      if (version > start) note({ version, key, before, after })
    },
    remove: (key, version) => {
      const before = current.get(key)
      if (before === undefined) return
      current.delete(key)
      note({ version, key, before, after: null })
    },
  }
}
