'use client'

import { useMemo, useState, useSyncExternalStore } from 'react'
import type { TableColumn } from './column'

const narrowScreen = '(max-width: 639.98px)'

const subscribe = (listener: () => void) => {
  const query = window.matchMedia(narrowScreen)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

const isNarrowNow = () => window.matchMedia(narrowScreen).matches
const isNarrowOnServer = () => false

/** The columns that were not hidden; of these, on a narrow screen, those that it has room for and the way to the others. */
export const useShownColumns = <Row>(all: readonly TableColumn<Row>[], hidden: ReadonlySet<string> | undefined) => {
  const columns = useMemo(() => (hidden ? all.filter(({ id }) => !hidden.has(id)) : all), [all, hidden])
  const isNarrow = useSyncExternalStore(subscribe, isNarrowNow, isNarrowOnServer)
  const [showsAll, setShowsAll] = useState(false)
  const kept = useMemo(() => columns.flatMap((column) => (column.narrowWidth === undefined ? [] : [{ ...column, width: column.narrowWidth }])), [columns])
  const isCut = isNarrow && kept.length > 0 && kept.length < columns.length
  return {
    columns: isCut && !showsAll ? kept : columns,
    /** Absent where every column is shown anyway. */
    others: isCut ? { shown: kept.length, total: columns.length, areShown: showsAll, onToggle: () => setShowsAll(!showsAll) } : undefined,
  }
}
