import type { ReactNode } from 'react'
import type { RowGroup } from './flatten'

export type SortValue = string | number | null

/** A column. Lists of columns are constants at module level: a new list means a new table. */
export type TableColumn<Row> = {
  id: string
  header: string
  /** The least width in pixels. */
  width: number
  /** The part that the column takes of what is left over; its width where none is given. */
  share?: number
  /** The column stays on a narrow screen, at this least width. Where no column says so, all stay. */
  narrowWidth?: number
  align?: 'start' | 'end'
  cell: (row: Row) => ReactNode
  /** What stands in a group's own row. */
  groupCell?: (group: RowGroup<Row>) => ReactNode
  /** Makes the column sortable. Rows without a value stand last in both directions. */
  sortValue?: (row: Row) => SortValue
  /** False for the column that names the row. */
  canHide?: boolean
}

export type Sort = { columnId: string; isDescending: boolean }

const selectionWidthPx = 40

/** The grid's track list, and the width below which the table scrolls sideways. */
export const tracksOf = <Row>(columns: readonly TableColumn<Row>[], hasSelection: boolean): { template: string; minWidthPx: number } => {
  const tracks = columns.map(({ width, share = width }) => `minmax(${width}px, ${share}fr)`)
  const least = columns.reduce((sum, { width }) => sum + width, 0)
  return {
    template: [...(hasSelection ? [`${selectionWidthPx}px`] : []), ...tracks].join(' '),
    minWidthPx: least + (hasSelection ? selectionWidthPx : 0),
  }
}

/** The next state of a click on a header: up, down, and back to the given order. */
export const nextSort = (current: Sort | null, columnId: string): Sort | null => {
  if (current?.columnId !== columnId) return { columnId, isDescending: false }
  return current.isDescending ? null : { columnId, isDescending: true }
}

/** The value of `aria-sort` for a column. */
export const ariaSort = (sort: Sort | null, columnId: string): 'ascending' | 'descending' | 'none' => {
  if (sort?.columnId !== columnId) return 'none'
  return sort.isDescending ? 'descending' : 'ascending'
}
