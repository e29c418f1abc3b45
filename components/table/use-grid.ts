'use client'

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useId, useRef } from 'react'
import type { Line } from './flatten'
import type { Grouping } from './use-lines'
import { useGridKeys } from './use-grid-keys'
import type { useSelection } from './use-selection'

export const rowHeightPx = 36
export const headerHeightPx = 35
const overscanRows = 8

export type Picks<Row> = ReturnType<typeof useSelection<Row>>

type Input<Row> = {
  lines: readonly Line<Row>[]
  group: Grouping<Row> | undefined
  picks: Picks<Row>
  onOpen: ((row: Row) => void) | undefined
}

/** The scroll area: which lines are drawn, which one is active, and what the keys do. */
export const useGrid = <Row>({ lines, group, picks, onOpen }: Input<Row>) => {
  'use no memo'
  const container = useRef<HTMLDivElement>(null)
  const activeIndexRef = useRef(-1)
  const domId = useId()
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => container.current,
    estimateSize: () => rowHeightPx,
    overscan: overscanRows,
    scrollMargin: headerHeightPx,
    scrollPaddingStart: headerHeightPx,
    getItemKey: (index) => lines[index]?.id ?? index,
    // The active line stays in the document, because it is named from outside.
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range)
      const active = activeIndexRef.current
      if (active < 0 || active >= lines.length || drawn.includes(active)) return drawn
      return [...drawn, active].sort((a, b) => a - b)
    },
  })

  const open = (line: Line<Row>) => {
    if (line.kind === 'group') group?.onToggle(line.group.id)
    else onOpen?.(line.row)
  }

  const rowDomId = (index: number) => `${domId}-row-${index}`
  const keys = useGridKeys({
    lines,
    pageLines: Math.max(1, Math.floor((container.current?.clientHeight ?? 0) / rowHeightPx) - 1),
    scrollTo: (index) => {
      activeIndexRef.current = index
      virtualizer.scrollToIndex(index, { align: 'auto' })
    },
    onSpace: picks.toggle,
    onExtend: picks.extendTo,
    onEnter: open,
    onFold: (line, isOpen) => {
      if (line.kind === 'group' && group && group.isOpen(line.group.id) !== isOpen) group.onToggle(line.group.id)
    },
    onSelectAll: picks.toggleAllRows,
    enter: (index) => {
      const link = document.getElementById(rowDomId(index))?.querySelector<HTMLElement>('a[tabindex="0"]')
      link?.focus()
      return link != null
    },
  })

  return {
    items: virtualizer.getVirtualItems(),
    totalHeightPx: virtualizer.getTotalSize(),
    activeId: keys.activeId,
    rowDomId,
    open,
    activate: (line: Line<Row>) => {
      keys.setActiveId(line.id)
      container.current?.focus({ preventScroll: true })
    },
    containerProps: {
      ref: container,
      tabIndex: 0,
      onKeyDown: keys.onKeyDown,
      'aria-activedescendant': keys.activeIndex < 0 ? undefined : rowDomId(keys.activeIndex),
    },
  }
}

export type Grid<Row> = ReturnType<typeof useGrid<Row>>
