'use client'

import { createSortedRowModel, rowSortingFeature, tableFeatures, useTable, type ColumnDef } from '@tanstack/react-table'
import { useMemo } from 'react'
import type { Sort, SortValue, TableColumn } from './column'
import { flatten, type Line } from './flatten'

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

const compare = (a: SortValue, b: SortValue): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return collator.compare(String(a), String(b))
}

const definitions = <Row extends object>(columns: readonly TableColumn<Row>[]): ColumnDef<typeof features, Row, unknown>[] =>
  columns.map(({ id, sortValue }) => ({
    id,
    accessorFn: (row: Row) => sortValue?.(row) ?? undefined,
    enableSorting: sortValue !== undefined,
    sortUndefined: 'last' as const,
    sortFn: (a, b) => compare(sortValue?.(a.original) ?? null, sortValue?.(b.original) ?? null),
  }))

const noRows: readonly never[] = []

export type Grouping<Row> = {
  of: (row: Row) => string
  isOpen: (groupId: string) => boolean
  onToggle: (groupId: string) => void
  /** The group's name for screen readers: `pool npweb`. */
  label: (groupId: string) => string
}

type LinesInput<Row> = {
  columns: readonly TableColumn<Row>[]
  rows: readonly Row[] | undefined
  rowId: (row: Row) => string
  sort: Sort | null
  group: Grouping<Row> | undefined
}

/** Rows sorted, grouped and flattened into the lines that are drawn. */
export const useLines = <Row extends object>({ columns, rows, rowId, sort, group }: LinesInput<Row>): Line<Row>[] => {
  'use no memo'
  const defs = useMemo(() => definitions(columns), [columns])
  const sorting = useMemo(() => (sort && columns.some(({ id }) => id === sort.columnId) ? [{ id: sort.columnId, desc: sort.isDescending }] : []), [sort, columns])
  const table = useTable({ features, columns: defs, data: rows ?? noRows, getRowId: rowId, state: { sorting } })
  const sorted = table.getRowModel().rows
  const groupOf = group?.of ?? null
  const isOpen = group?.isOpen
  return useMemo(
    () => flatten(sorted.map(({ original }) => original), rowId, groupOf, isOpen ?? (() => true)),
    [sorted, rowId, groupOf, isOpen],
  )
}
