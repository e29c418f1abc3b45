import type { TwinAction, TwinMs } from './types'

type Entry = { order: number; action: TwinAction }

/** What is to happen, soonest first; equal times keep the order in which they were planned (binary heap). */
export type Agenda = {
  add: (tMs: TwinMs, action: TwinAction) => void
  /** The next entry due at or before `untilMs`, taken off; null when none is. */
  takeUntil: (untilMs: TwinMs) => { tMs: TwinMs; action: TwinAction } | null
  size: () => number
}

export const createAgenda = (): Agenda => {
  /** Times stand apart from what they are for: to compare numbers side by side costs a large cluster a fraction of following references. */
  const times: TwinMs[] = []
  const entries: Entry[] = []
  let planned = 0

  const put = (index: number, tMs: TwinMs, entry: Entry) => {
    times[index] = tMs
    entries[index] = entry
  }
  const timeAt = (index: number) => times[index] as TwinMs
  const entryAt = (index: number) => entries[index] as Entry
  const isBefore = (tMs: TwinMs, { order }: Entry, index: number) => tMs < timeAt(index) || (tMs === timeAt(index) && order < entryAt(index).order)

  /** Moves what is later than the entry down from `start` on, and puts the entry where it then belongs. */
  const rise = (start: number, tMs: TwinMs, entry: Entry) => {
    let index = start
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!isBefore(tMs, entry, parent)) break
      put(index, timeAt(parent), entryAt(parent))
      index = parent
    }
    put(index, tMs, entry)
  }
  /** Moves what is sooner than the entry up to the top, and puts the entry where it then belongs. */
  const sink = (tMs: TwinMs, entry: Entry) => {
    let index = 0
    for (;;) {
      const left = index * 2 + 1
      if (left >= times.length) break
      const right = left + 1
      const child = right < times.length && isBefore(timeAt(right), entryAt(right), left) ? right : left
      if (isBefore(tMs, entry, child)) break
      put(index, timeAt(child), entryAt(child))
      index = child
    }
    put(index, tMs, entry)
  }

  return {
    size: () => times.length,
    add: (tMs, action) => rise(times.length, tMs, { order: (planned += 1), action }),
    takeUntil: (untilMs) => {
      const tMs = times[0]
      if (tMs === undefined || tMs > untilMs) return null
      const { action } = entryAt(0)
      const lastMs = times.pop() as TwinMs
      const last = entries.pop() as Entry
      if (times.length > 0) sink(lastMs, last)
      return { tMs, action }
    },
  }
}
