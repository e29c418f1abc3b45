'use client'

import { useQueryStates } from 'nuqs'
import { useDeferredValue, useMemo } from 'react'
import type { NodesAnswer } from '@/lib/contract/nodes'
import type { ReadinessAnswer } from '@/lib/contract/readiness'
import type { Finding } from '@/lib/domain/readiness/finding'
import { filterNodes, readinessCounts, type NodesFilter } from './filter'
import { indexNodes } from './node-index'
import { nodesParams } from './search-params'

/** The page's address and what it selects from the answer. */
export const useNodesView = (answer: NodesAnswer | undefined, assessed: ReadinessAnswer | undefined, doubt: Finding | null) => {
  const [params, setParams] = useQueryStates(nodesParams, { history: 'replace' })
  const { search, readiness, pools, matches, findings, zones } = params
  // The box follows the keys at once; the rows may come a moment later.
  const deferredSearch = useDeferredValue(search)
  const filter: NodesFilter = useMemo(
    () => ({ search: deferredSearch, readiness, pools, matches, findings, zones }),
    [deferredSearch, readiness, pools, matches, findings, zones],
  )
  const all = useMemo(() => (answer ? indexNodes(answer, assessed, doubt) : undefined), [answer, assessed, doubt])
  const rows = useMemo(() => (all ? filterNodes(all, filter) : undefined), [all, filter])
  const counts = useMemo(() => (all ? readinessCounts(all, filter) : null), [all, filter])
  return { params, setParams, filter, all, rows, counts }
}
export type NodesView = ReturnType<typeof useNodesView>
