'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useDeferredValue, useMemo } from 'react'
import { nodesQuery } from '@/lib/queries/clusters'
import { readinessQuery } from '@/lib/queries/readiness'
import { filterWorkloads, type WorkloadsFilter } from './filter'
import { workloadsParams } from './search-params'
import { indexWorkloads } from './workload-index'

/** The page's address and what it selects from the answer. Pools come with the nodes; without them they are left out. */
export const useWorkloadsView = (clusterId: string) => {
  const readiness = useQuery(readinessQuery(clusterId))
  const nodes = useQuery(nodesQuery(clusterId)).data?.nodes
  const [params, setParams] = useQueryStates(workloadsParams, { history: 'replace' })
  const { search, namespaces, kinds, findings } = params
  // The box follows the keys at once; the rows may come a moment later.
  const deferredSearch = useDeferredValue(search)
  const filter: WorkloadsFilter = useMemo(() => ({ search: deferredSearch, namespaces, kinds, findings }), [deferredSearch, namespaces, kinds, findings])
  const poolOf = useMemo(() => new Map(nodes?.map(({ nodeName, poolName }) => [nodeName, poolName])), [nodes])
  const all = useMemo(() => (readiness.data ? indexWorkloads(readiness.data, poolOf) : undefined), [readiness.data, poolOf])
  const rows = useMemo(() => (all ? filterWorkloads(all, filter) : undefined), [all, filter])
  return { readiness, params, setParams, poolOf, all, rows }
}
export type WorkloadsView = ReturnType<typeof useWorkloadsView>
