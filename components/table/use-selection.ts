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

/** The boxes of the table: one, a group, a range with shift, and all rows that are listed. */
export const useSelection = <Row>({ selection, rows, lines, rowId }: Input<Row>) => {
  const anchor = useRef<string | null>(null)
  const reasonOf = selection?.disabledReason
  const allIds = useMemo(() => rows.filter((row) => !reasonOf?.(row)).map(rowId), [rows, reasonOf, rowId])

  const idsOf = (line: Line<Row>): string[] =>
    (line.kind === 'group' ? line.group.rows : [line.row]).filter((row) => !reasonOf?.(row)).map(rowId)

  const shownIds = () => lines.flatMap((line) => (line.kind === 'row' && !reasonOf?.(line.row) ? [line.id] : []))

  const toggle = (line: Line<Row>, isRange: boolean) => {
    const ids = idsOf(line)
    if (!selection || ids.length === 0) return
    const { selected, onChange } = selection
    if (line.kind === 'row' && isRange) onChange(toggleRange(selected, shownIds(), anchor.current, line.id))
    else onChange(toggleAll(selected, ids))
    if (line.kind === 'row') anchor.current = line.id
  }

  /** Shift with an arrow: the range from the anchor grows to the line and takes the anchor's state. */
  const extendTo = (line: Line<Row>) => {
    if (!selection || line.kind !== 'row') return
    const isOn = anchor.current === null || selection.selected.has(anchor.current)
    anchor.current ??= line.id
    selection.onChange(setAll(selection.selected, rangeBetween(shownIds(), anchor.current, line.id), isOn))
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
