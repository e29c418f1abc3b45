'use client'

import { useQuery } from '@tanstack/react-query'
import { clusterQuery, clustersQuery, nodesQuery, vngsQuery } from '@/lib/queries/clusters'
import { runsQuery } from '@/lib/queries/runs'
import type { NavItem } from './nav-items'

/**
 * What the side bar counts. Only the cluster itself is asked for; what discovery, the runs and the groups
 * say is counted once a page has read them, because a figure is not worth a call to Spot.
 */
export const useNavCounts = (clusterId: string | undefined): Partial<Record<NavItem['id'] | 'clusters', number>> => {
  const id = clusterId ?? ''
  const clusters = useQuery({ ...clustersQuery(), enabled: false }).data
  const nodes = useQuery({ ...clusterQuery(id), enabled: clusterId !== undefined }).data?.cluster.nodes
  const discovered = useQuery({ ...nodesQuery(id), enabled: false }).data?.nodes.length
  const runs = useQuery({ ...runsQuery(id), enabled: false }).data
  const vngs = useQuery({ ...vngsQuery(id), enabled: false }).data
  return {
    clusters: clusters?.clusters.length,
    nodes: discovered ?? nodes?.unmanaged,
    inventory: nodes ? nodes.managed + nodes.unmanaged + nodes.system : undefined,
    runs: runs?.runs.length,
    vngs: vngs?.vngs.length,
  }
}
