import type { TwinAction, TwinMs } from './types'

type Entry = { tMs: TwinMs; order: number; action: TwinAction }

/** What is to happen, soonest first; equal times keep the order in which they were planned (binary heap). */
export type Agenda = {
  add: (tMs: TwinMs, action: TwinAction) => void
  /** The next entry due at or before `untilMs`, taken off; null when none is. */
  takeUntil: (untilMs: TwinMs) => { tMs: TwinMs; action: TwinAction } | null
  size: () => number
}

const isBefore = (a: Entry, b: Entry) => a.tMs < b.tMs || (a.tMs === b.tMs && a.order < b.order)

export const createAgenda = (): Agenda => {
  const heap: Entry[] = []
  let planned = 0

  const swap = (a: number, b: number) => {
    const kept = heap[a] as Entry
    heap[a] = heap[b] as Entry
    heap[b] = kept
  }
  const rise = (start: number) => {
    let index = start
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!isBefore(heap[index] as Entry, heap[parent] as Entry)) return
      swap(index, parent)
      index = parent
    }
  }
  const sink = () => {
    let index = 0
    for (;;) {
      const left = index * 2 + 1
      if (left >= heap.length) return
      const right = left + 1
      const child = right < heap.length && isBefore(heap[right] as Entry, heap[left] as Entry) ? right : left
      if (!isBefore(heap[child] as Entry, heap[index] as Entry)) return
      swap(index, child)
      index = child
    }
  }

  return {
    size: () => heap.length,
    add: (tMs, action) => {
      heap.push({ tMs, order: (planned += 1), action })
      rise(heap.length - 1)
    },
    takeUntil: (untilMs) => {
      const first = heap[0]
      if (first === undefined || first.tMs > untilMs) return null
      const last = heap.pop() as Entry
      if (heap.length > 0) {
        heap[0] = last
        sink()
      }
      return { tMs: first.tMs, action: first.action }
    },
  }
}
