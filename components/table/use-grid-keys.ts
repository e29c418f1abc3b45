'use client'

import { useState, type KeyboardEvent } from 'react'
import type { Line } from './flatten'
import { moveTo } from './move'

type GridKeysInput<Row> = {
  lines: readonly Line<Row>[]
  pageLines: number
  scrollTo: (index: number) => void
  onSpace: (line: Line<Row>, isRange: boolean) => void
  /** Shift with an arrow key reached a line from the one that was active. */
  onExtend: (line: Line<Row>, left: Line<Row> | undefined) => void
  onEnter: (line: Line<Row>) => void
  onFold: (line: Line<Row>, isOpen: boolean) => void
  onSelectAll: () => void
  /** Brings the focus to the link in a line; false where it has none. */
  enter: (index: number) => boolean
}

const typesText = (target: EventTarget) => target instanceof HTMLElement && target.matches('input, select, textarea, a, [aria-haspopup]')

/**
 * The active line and the keys that act on it. The focus stays on the grid itself, so a refetch that takes
 * rows away never loses it; the active line is named by `aria-activedescendant`.
 */
export const useGridKeys = <Row>(input: GridKeysInput<Row>) => {
  const { lines, pageLines, scrollTo } = input
  const [activeId, setActiveId] = useState<string | null>(null)
  const found = activeId === null ? -1 : lines.findIndex(({ id }) => id === activeId)

  const activate = (index: number) => {
    const line = lines[index]
    if (!line) return
    setActiveId(line.id)
    scrollTo(index)
  }

  const act = (key: string, line: Line<Row>, isShift: boolean): boolean => {
    if (key === ' ') input.onSpace(line, isShift)
    else if (key === 'Enter') input.onEnter(line)
    else if (key === 'ArrowRight' || key === 'ArrowLeft') input.onFold(line, key === 'ArrowRight')
    else return false
    return true
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (typesText(event.target)) return
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      input.onSelectAll()
      event.preventDefault()
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return
    if (event.key === 'Tab') {
      if (!event.shiftKey && found >= 0 && input.enter(found)) event.preventDefault()
      return
    }
    const next = moveTo(event.key, found, lines.length, pageLines)
    const line = lines[found]
    if (next !== null) {
      activate(next)
      const reached = lines[next]
      if (event.shiftKey && reached) input.onExtend(reached, line)
      event.preventDefault()
    } else if (line && act(event.key, line, event.shiftKey)) event.preventDefault()
  }

  return { activeId: found < 0 ? null : activeId, activeIndex: found, setActiveId, onKeyDown, activateFirst: () => found < 0 && activate(0) }
}
