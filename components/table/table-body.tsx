'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import type { TableColumn } from './column'
import type { DataTableProps } from './data-table-props'
import type { Line } from './flatten'
import { TableRow, type LineCell } from './table-row'
import type { TableSelection } from './use-selection'
import { headerHeightPx, type Grid, type Picks } from './use-grid'
import { cn } from '@/components/ui/cn'

type TableBodyProps<Row extends object> = DataTableProps<Row> & {
  template: string
  lines: readonly Line<Row>[]
  picks: Picks<Row>
  grid: Grid<Row>
}

const FoldMark = ({ isOpen }: { isOpen: boolean }) => {
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return <Chevron aria-hidden className="size-3.5 shrink-0 text-text-3" />
}

const cellsOf = <Row,>(line: Line<Row>, columns: readonly TableColumn<Row>[], isOpen: boolean): LineCell[] =>
  columns.map(({ id, align = 'start', cell, groupCell }, index) => {
    const content = line.kind === 'group' ? groupCell?.(line.group) : cell(line.row)
    const mark = line.kind === 'group' && index === 0 ? <FoldMark isOpen={isOpen} /> : null
    const indent = line.kind === 'row' && line.groupId !== null && index === 0
    return {
      id,
      align,
      content: mark || indent ? <span className={cn('flex min-w-0 items-center gap-1.5', indent && 'pl-5')}>{mark}{content}</span> : content,
    }
  })

/** A group can be chosen as long as one of its rows can. */
const reasonFor = <Row,>(line: Line<Row>, { disabledReason }: TableSelection<Row>): string | null => {
  if (disabledReason === undefined) return null
  if (line.kind === 'row') return disabledReason(line.row)
  return line.group.rows.every((row) => disabledReason(row) !== null) ? 'None of these rows can be chosen.' : null
}

/** The lines that are looked at, each at its place in the full height. */
export const TableBody = <Row extends object>(props: TableBodyProps<Row>) => {
  const { lines, picks, grid, group, selection, columns, template } = props
  return (
    <div role="rowgroup" className="relative" style={{ height: grid.totalHeightPx }}>
      {grid.items.map(({ index, start }) => {
        const line = lines[index]
        if (!line) return null
        const isOpen = line.kind === 'group' && group !== undefined && group.isOpen(line.group.id)
        const label = line.kind === 'group' ? (group?.label(line.group.id) ?? line.group.id) : (selection?.label(line.row) ?? line.id)
        const disabledReason = selection ? reasonFor(line, selection) : null
        return (
          <TableRow
            key={line.id}
            domId={grid.rowDomId(index)}
            index={index}
            offsetPx={start - headerHeightPx}
            template={template}
            cellRole={group || selection || props.onOpen ? 'gridcell' : 'cell'}
            cells={cellsOf(line, columns, isOpen)}
            kind={line.kind}
            level={group ? (line.kind === 'group' ? 1 : 2) : undefined}
            isExpanded={line.kind === 'group' ? isOpen : undefined}
            isActive={grid.activeId === line.id}
            isOpen={line.kind === 'row' && props.openId === line.id}
            isChanged={props.changedIds?.has(line.id) ?? false}
            check={selection ? { state: picks.stateOf(line), label: `Select ${label}`, disabledReason } : undefined}
            onCheck={(event) => {
              grid.activate(line)
              picks.toggle(line, event.shiftKey)
            }}
            onClick={line.kind === 'group' || props.onOpen ? () => grid.open(line) : undefined}
          />
        )
      })}
    </div>
  )
}
