'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { LimitLeft, RequestIds } from '@/components/ui/error-details'
import { Notice } from '@/components/ui/notice'
import { ErrorState } from '@/components/ui/states'
import { tracksOf, type Sort } from './column'
import type { DataTableProps } from './data-table-props'
import { TableBody } from './table-body'
import { TableHeader } from './table-header'
import { TableSkeleton } from './table-states'
import { useLines } from './use-lines'
import { useGrid } from './use-grid'
import { useRoom } from './use-room'
import { useSelection } from './use-selection'
import { useShownColumns } from './use-shown-columns'

/** The least height of the rows, and what is left of a window under the usual head of a page. */
const leastHeight = '280px'
const fitToWindow = `max(${leastHeight}, calc(100dvh - 200px))`

/** The one table: sorted, grouped, selectable, drawn only where it is looked at. */
export const DataTable = <Row extends object>(props: DataTableProps<Row>) => {
  const { label, rows, rowId, group, selection, error, footer } = props
  const [ownSort, setOwnSort] = useState<Sort | null>(null)
  const sort = props.sort === undefined ? ownSort : props.sort
  const { columns, others } = useShownColumns(props.columns, props.hiddenColumns)
  const { template, minWidthPx } = tracksOf(columns, selection !== undefined)
  const lines = useLines({ columns: props.columns, rows, rowId, sort, group })
  const picks = useSelection({ selection, rows: rows ?? [], lines, rowId })
  const grid = useGrid({ lines, group, picks, onOpen: props.onOpen })
  const { frame, roomPx } = useRoom(props.fillsPage === true)
  const isEmpty = rows !== undefined && rows.length === 0

  return (
    <div ref={frame} className="overflow-hidden rounded-lg border border-line bg-surface" aria-busy={props.isRefetching || rows === undefined}>
      {error && rows ? (
        <Notice tone="warning" title="Not up to date." className="rounded-none">
          {error.detail} <LimitLeft retryAtMs={error.retryAtMs} /> The rows below are from the last answer.{' '}
          <span className="inline-flex flex-wrap gap-x-3">
            <RequestIds requestId={error.requestId} upstreamRequestId={error.upstreamRequestId} />
          </span>
        </Notice>
      ) : null}
      <div
        {...grid.containerProps}
        role={group ? 'treegrid' : selection || props.onOpen ? 'grid' : 'table'}
        aria-label={label}
        aria-rowcount={lines.length + 1}
        aria-multiselectable={selection ? true : undefined}
        className={cn('group/grid relative overflow-auto focus-visible:-outline-offset-2', props.isRefetching && 'cursor-progress')}
        style={{ maxHeight: roomPx === null ? (props.maxHeight ?? fitToWindow) : `max(${leastHeight}, ${roomPx}px)` }}
      >
        <div role="presentation" style={{ minWidth: minWidthPx }}>
          <TableHeader
            columns={columns}
            template={template}
            sort={sort}
            onSortChange={props.onSortChange ?? setOwnSort}
            all={
              selection
                ? { state: picks.allState, onToggle: picks.toggleAllRows, label: `Select all ${picks.allIds.length} listed rows` }
                : undefined
            }
          />
          {rows === undefined && !error ? <TableSkeleton columns={columns} template={template} hasSelection={selection !== undefined} /> : null}
          {lines.length > 0 ? <TableBody {...props} columns={columns} template={template} lines={lines} picks={picks} grid={grid} /> : null}
        </div>
      </div>
      {rows === undefined && error ? <ErrorState error={error} onRetry={props.onRetry} isRetrying={props.isRefetching} /> : null}
      {isEmpty ? props.empty : null}
      {others && rows ? (
        <div className="flex items-center justify-between gap-2 border-t border-line px-3 py-1 text-text-2">
          {others.areShown ? `All ${others.total} columns` : `${others.shown} of ${others.total} columns`}
          <Button variant="quiet" size="small" onClick={others.onToggle}>
            {others.areShown ? 'Show the main columns' : 'Show all columns'}
          </Button>
        </div>
      ) : null}
      {footer ? <div className="border-t border-line px-3 py-2.5">{footer}</div> : null}
    </div>
  )
}
