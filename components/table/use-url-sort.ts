'use client'

import { createParser, useQueryState } from 'nuqs'
import type { Sort } from './column'

/** `pods` is up, `-pods` is down. */
const parseAsSort = createParser<Sort>({
  parse: (text) => (/^-?./.test(text) ? { columnId: text.replace(/^-/, ''), isDescending: text.startsWith('-') } : null),
  serialize: ({ columnId, isDescending }) => (isDescending ? `-${columnId}` : columnId),
  eq: (a, b) => a.columnId === b.columnId && a.isDescending === b.isDescending,
})

export type UrlSort = { sort: Sort | null; onSortChange: (sort: Sort | null) => void }

/** The sort of a page's main table, kept in its address. A column that the table does not have sorts nothing. */
export const useUrlSort = (): UrlSort => {
  const [sort, setSort] = useQueryState('sort', parseAsSort)
  return { sort, onSortChange: (next) => void setSort(next) }
}
