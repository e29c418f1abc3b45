'use client'

import type { MouseEvent, ReactNode } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/cn'
import { ActiveRow } from './active-row'
import type { CheckState } from './selection'

export type LineCell = { id: string; align: 'start' | 'end'; content: ReactNode }

type TableRowProps = {
  domId: string
  index: number
  offsetPx: number
  template: string
  cellRole: 'cell' | 'gridcell'
  cells: readonly LineCell[]
  kind: 'group' | 'row'
  level: number | undefined
  isExpanded: boolean | undefined
  isActive: boolean
  /** The row whose details are open. */
  isOpen: boolean
  isChanged: boolean
  check: { state: CheckState; label: string; disabledReason: string | null } | undefined
  onCheck: (event: MouseEvent) => void
  onClick: (() => void) | undefined
}

const isControl = (target: EventTarget): boolean => target instanceof Element && target.closest('a, button, input, select, time') !== null

/** One line. Its cells are drawn by the table, so that this part knows nothing of the data. */
export const TableRow = (props: TableRowProps) => {
  const { check, kind } = props
  return (
    <div
      role="row"
      id={props.domId}
      aria-rowindex={props.index + 2}
      aria-level={props.level}
      aria-expanded={props.isExpanded}
      aria-selected={check ? check.state === 'all' : undefined}
      onClick={(event) => !isControl(event.target) && props.onClick?.()}
      className={cn(
        'absolute inset-x-0 top-0 grid h-9 items-center border-b border-line',
        kind === 'group' ? 'bg-sunken' : 'bg-surface',
        check?.state === 'all' && kind === 'row' && 'bg-accent-soft/60',
        props.onClick && 'cursor-pointer hover:bg-sunken',
        props.isOpen && 'bg-accent-soft',
        props.isChanged && 'changed',
        props.isActive && 'outline-2 -outline-offset-2 outline-accent group-focus/grid:outline',
      )}
      style={{ gridTemplateColumns: props.template, transform: `translateY(${props.offsetPx}px)` }}
    >
      {check ? (
        <div role={props.cellRole} className="flex items-center px-3" onMouseDown={(event) => event.preventDefault()}>
          <Checkbox
            state={check.state}
            tabIndex={-1}
            aria-label={check.label}
            disabledReason={check.disabledReason}
            onToggle={props.onCheck}
          />
        </div>
      ) : null}
      {props.cells.map(({ id, align, content }) => (
        <div
          key={id}
          role={props.cellRole}
          className={cn('flex min-w-0 items-center gap-1.5 overflow-clip px-3 text-sm whitespace-nowrap [overflow-clip-margin:4px] [&>*]:min-w-0', align === 'end' && 'justify-end text-right')}
        >
          <ActiveRow value={props.isActive}>{content}</ActiveRow>
        </div>
      ))}
    </div>
  )
}
