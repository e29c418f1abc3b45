import type { TwinAction, TwinMs } from './types'

type Due = { tMs: TwinMs; action: TwinAction }
type Waiting = Due & { order: number }

/** What is to happen, soonest first; equal times keep the order in which they were planned. */
export type Agenda = {
  add: (tMs: TwinMs, action: TwinAction) => void
  /** The same for an action that is due no sooner than the one added so before: it waits in line and is not sorted in. */
  addBehind: (tMs: TwinMs, action: TwinAction) => void
  /** The next action due at or before `untilMs`, taken off; null when none is. */
  takeUntil: (untilMs: TwinMs) => Due | null
  size: () => number
}

/** First come, first served. */
const createLine = () => {
  const line: Waiting[] = []
  let gone = 0
  return {
    size: () => line.length - gone,
    head: () => line[gone],
    join: (waiting: Waiting) => line.push(waiting),
    leave: () => {
      gone += 1
      if (gone < 1_024 || gone * 2 < line.length) return
      line.splice(0, gone)
      gone = 0
    },
  }
}

/** The soonest first (binary heap). */
const createHeap = () => {
  /** Times and orders stand apart from what they are for: to compare numbers side by side costs a large cluster a fraction of following references. */
  const times: TwinMs[] = []
  const orders: number[] = []
  const actions: TwinAction[] = []

  const put = (index: number, tMs: TwinMs, order: number, action: TwinAction) => {
    times[index] = tMs
    orders[index] = order
    actions[index] = action
  }
  const timeAt = (index: number) => times[index] as TwinMs
  const orderAt = (index: number) => orders[index] as number
  const move = (from: number, to: number) => put(to, timeAt(from), orderAt(from), actions[from] as TwinAction)
  const isBefore = (tMs: TwinMs, order: number, index: number) => tMs < timeAt(index) || (tMs === timeAt(index) && order < orderAt(index))

  /** Moves what is later down from the end, and puts the entry where it then belongs. */
  const add = (tMs: TwinMs, order: number, action: TwinAction) => {
    let index = times.length
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!isBefore(tMs, order, parent)) break
      move(parent, index)
      index = parent
    }
    put(index, tMs, order, action)
  }
  /** Moves what is sooner up to the top, and puts the entry where it then belongs. */
  const sink = (tMs: TwinMs, order: number, action: TwinAction) => {
    let index = 0
    for (;;) {
      const left = index * 2 + 1
      if (left >= times.length) break
      const right = left + 1
      const child = right < times.length && isBefore(timeAt(right), orderAt(right), left) ? right : left
      if (isBefore(tMs, order, child)) break
      move(child, index)
      index = child
    }
    put(index, tMs, order, action)
  }
  const take = (): TwinAction => {
    const first = actions[0] as TwinAction
    const tMs = times.pop() as TwinMs
    const order = orders.pop() as number
    const action = actions.pop() as TwinAction
    if (times.length > 0) sink(tMs, order, action)
    return first
  }
  return { size: () => times.length, add, take, isBefore, nextMs: () => times[0] }
}

export const createAgenda = (): Agenda => {
  const heap = createHeap()
  const line = createLine()
  let planned = 0

  /** The head of the line where it is due before everything else. */
  const nextInLine = () => {
    const head = line.head()
    return head !== undefined && (heap.size() === 0 || heap.isBefore(head.tMs, head.order, 0)) ? head : undefined
  }
  return {
    size: () => heap.size() + line.size(),
    add: (tMs, action) => heap.add(tMs, (planned += 1), action),
    addBehind: (tMs, action) => line.join({ tMs, order: (planned += 1), action }),
    takeUntil: (untilMs) => {
      const inLine = nextInLine()
      const tMs = inLine?.tMs ?? heap.nextMs()
      if (tMs === undefined || tMs > untilMs) return null
      if (inLine === undefined) return { tMs, action: heap.take() }
      line.leave()
      return inLine
    },
  }
}
