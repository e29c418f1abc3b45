/** A selection of rows by id. Every function gives a new set and leaves the old one alone. */
export type Selection = ReadonlySet<string>

export type CheckState = 'all' | 'some' | 'none'

/** The state of the box that stands for these rows. No rows count as none selected. */
export const checkStateOf = (ids: readonly string[], selection: Selection): CheckState => {
  let chosen = 0
  for (const id of ids) if (selection.has(id)) chosen += 1
  if (chosen === 0) return 'none'
  return chosen === ids.length ? 'all' : 'some'
}

/** Puts all of the rows in or takes them out. */
export const setAll = (selection: Selection, ids: readonly string[], isOn: boolean): Selection => {
  const next = new Set(selection)
  for (const id of ids) {
    if (isOn) next.add(id)
    else next.delete(id)
  }
  return next
}

/** A click on the box of several rows: all of them, or none when all were in. */
export const toggleAll = (selection: Selection, ids: readonly string[]): Selection =>
  setAll(selection, ids, checkStateOf(ids, selection) !== 'all')

/** The ids from one row to another in the order shown, both included; only the target when the other is gone. */
export const rangeBetween = (order: readonly string[], anchor: string | null, target: string): string[] => {
  const to = order.indexOf(target)
  const from = anchor === null ? -1 : order.indexOf(anchor)
  if (to < 0) return []
  if (from < 0) return [target]
  return order.slice(Math.min(from, to), Math.max(from, to) + 1)
}

/**
 * A click with shift: everything between the row clicked before and this one takes the state that this one
 * gets. `order` holds only rows that can be selected and are shown.
 */
export const toggleRange = (selection: Selection, order: readonly string[], anchor: string | null, target: string): Selection =>
  setAll(selection, rangeBetween(order, anchor, target), !selection.has(target))
