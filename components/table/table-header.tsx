'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/cn'
import { ariaSort, nextSort, type Sort, type TableColumn } from './column'
import type { CheckState } from './selection'

type TableHeaderProps<Row> = {
  columns: readonly TableColumn<Row>[]
  template: string
  sort: Sort | null
  onSortChange: (sort: Sort | null) => void
  /** The box that stands for all rows; absent without selection. */
  all?: { state: CheckState; onToggle: () => void; label: string }
}

const headerCell = 'flex h-[34px] items-center px-3 text-xs font-medium text-text-2'

const SortButton = <Row,>({ column, sort, onSortChange }: { column: TableColumn<Row> } & Pick<TableHeaderProps<Row>, 'sort' | 'onSortChange'>) => {
  const state = ariaSort(sort, column.id)
  const Arrow = state === 'descending' ? ArrowDown : ArrowUp
  return (
    <button
      type="button"
      onClick={() => onSortChange(nextSort(sort, column.id))}
      className={cn('group inline-flex items-center gap-1 rounded-sm hover:text-text', column.align === 'end' && 'flex-row-reverse')}
    >
      {column.header}
      <Arrow aria-hidden className={cn('size-3', state === 'none' && 'opacity-0 group-hover:opacity-60')} />
    </button>
  )
}

export const TableHeader = <Row,>({ columns, template, sort, onSortChange, all }: TableHeaderProps<Row>) => (
  <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-sunken">
    <div role="row" aria-rowindex={1} className="grid" style={{ gridTemplateColumns: template }}>
      {all ? (
        <div role="columnheader" className={headerCell}>
          <Checkbox state={all.state} onToggle={all.onToggle} aria-label={all.label} />
        </div>
      ) : null}
      {columns.map((column) => (
        <div
          key={column.id}
          role="columnheader"
          aria-sort={column.sortValue ? ariaSort(sort, column.id) : undefined}
          className={cn(headerCell, column.align === 'end' && 'justify-end')}
        >
          {column.sortValue ? <SortButton column={column} sort={sort} onSortChange={onSortChange} /> : column.header}
        </div>
      ))}
    </div>
  </div>
)
