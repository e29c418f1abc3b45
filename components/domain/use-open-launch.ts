'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { LaunchAnswer } from '@/lib/contract/launch-answer'
import { clusterQuery } from '@/lib/queries/clusters'
import { keys } from '@/lib/queries/keys'
import { isSettledLaunch, launchQuery } from '@/lib/queries/launch'

/** Whoever's launch has no known outcome in a cluster, followed until it has one; null when there is none. */
export const useOpenLaunch = (clusterId: string): LaunchAnswer | null => {
  const client = useQueryClient()
  const listed = useQuery(clusterQuery(clusterId)).data?.cluster.openLaunch ?? null
  const followed = useQuery({ ...launchQuery(clusterId, listed?.launchId ?? ''), enabled: listed !== null }).data
  const launch = listed === null ? null : (followed ?? listed)
  const isOver = launch !== null && isSettledLaunch(launch)
  useEffect(() => {
    if (!isOver) return
    void client.invalidateQueries({ queryKey: keys.cluster(clusterId), exact: true })
    void client.invalidateQueries({ queryKey: keys.runs(clusterId) })
  }, [isOver, client, clusterId])
  return isOver ? null : launch
}
