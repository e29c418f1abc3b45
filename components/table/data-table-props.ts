import type { ReactNode } from 'react'
import type { ShownError } from '@/components/ui/states'
import type { Sort, TableColumn } from './column'
import type { Grouping } from './use-lines'
import type { TableSelection } from './use-selection'

/** What a page tells its table. */
export type DataTableProps<Row extends object> = {
  /** The table's accessible name. */
  label: string
  /** A constant at module level. */
  columns: readonly TableColumn<Row>[]
  /** Undefined while nothing is known yet. */
  rows: readonly Row[] | undefined
  /** A function at module level, like `selection.label` and `group.of`: a new one means new lines. */
  rowId: (row: Row) => string
  /** Given together with `onSortChange` when the sort is in the URL; without them the table keeps it. */
  sort?: Sort | null
  onSortChange?: (sort: Sort | null) => void
  hiddenColumns?: ReadonlySet<string>
  group?: Grouping<Row>
  selection?: TableSelection<Row>
  /** Click or Enter on a row. */
  onOpen?: (row: Row) => void
  /** The row whose details are open. */
  openId?: string | null
  /** Rows that have just changed; they light up once. */
  changedIds?: ReadonlySet<string>
  error?: ShownError | null
  onRetry?: () => void
  isRefetching?: boolean
  /** What stands instead of rows when there are none. */
  empty: ReactNode
  /** Stands under the rows, inside the frame. */
  footer?: ReactNode
  /** A CSS length; the rows scroll inside it. */
  maxHeight?: string
  /** The table ends where the window ends, whatever stands above it: its footer is then always in sight. */
  fillsPage?: boolean
}
