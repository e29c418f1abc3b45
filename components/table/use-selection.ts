'use client'

import { useMemo, useRef } from 'react'
import type { Line } from './flatten'
import { checkStateOf, setAll, toggleAll, toggleRange, rangeBetween, type CheckState, type Selection } from './selection'

export type TableSelection<Row> = {
  selected: Selection
  onChange: (selected: Selection) => void
  /** Why a row cannot be chosen; null when it can. */
  disabledReason?: (row: Row) => string | null
  /** The row's name for its box: `aks-npweb-vmss000001`. */
  label: (row: Row) => string
}

type Input<Row> = {
  selection: TableSelection<Row> | undefined
  rows: readonly Row[]
  lines: readonly Line<Row>[]
  rowId: (row: Row) => string
}

/** Where a range begins, how far it has come, and whether its rows are put in or taken out. */
type Anchor = { id: string; reached: string; isOn: boolean }

/** The boxes of the table: one, a group, a range with shift, and all rows that are listed. */
export const useSelection = <Row>({ selection, rows, lines, rowId }: Input<Row>) => {
  const anchor = useRef<Anchor | null>(null)
  const reasonOf = selection?.disabledReason
  const allIds = useMemo(() => rows.filter((row) => !reasonOf?.(row)).map(rowId), [rows, reasonOf, rowId])

  const idsOf = (line: Line<Row>): string[] =>
    (line.kind === 'group' ? line.group.rows : [line.row]).filter((row) => !reasonOf?.(row)).map(rowId)

  const shownIds = () => lines.flatMap((line) => (line.kind === 'row' && !reasonOf?.(line.row) ? [line.id] : []))

  const toggle = (line: Line<Row>, isRange: boolean) => {
    const ids = idsOf(line)
    if (!selection || ids.length === 0) return
    const { selected, onChange } = selection
    if (line.kind === 'row' && isRange) onChange(toggleRange(selected, shownIds(), anchor.current?.id ?? null, line.id))
    else onChange(toggleAll(selected, ids))
    if (line.kind === 'row') anchor.current = { id: line.id, reached: line.id, isOn: !selected.has(line.id) }
  }

  /** Shift with an arrow: the range grows to the line. It goes on from the box last used only where that left off; else it begins with the line left. */
  const extendTo = (line: Line<Row>, left: Line<Row> = line) => {
    if (!selection) return
    const { id, isOn } = anchor.current?.reached === left.id ? anchor.current : { id: left.id, isOn: true }
    anchor.current = { id, reached: line.id, isOn }
    if (line.kind !== 'row') return
    const shown = new Set(shownIds())
    selection.onChange(setAll(selection.selected, rangeBetween(lines.map((each) => each.id), id, line.id).filter((each) => shown.has(each)), isOn))
  }

  const stateOf = (line: Line<Row>): CheckState => (selection ? checkStateOf(idsOf(line), selection.selected) : 'none')
  const allState: CheckState = useMemo(
    () => (selection ? checkStateOf(allIds, selection.selected) : 'none'),
    [allIds, selection],
  )

  return {
    toggle,
    extendTo,
    stateOf,
    allIds,
    allState,
    toggleAllRows: () => selection?.onChange(toggleAll(selection.selected, allIds)),
  }
}
