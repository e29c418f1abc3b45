'use client'

import { useQuery } from '@tanstack/react-query'
import { clusterQuery } from '@/lib/queries/clusters'

/** The name of the open cluster as soon as it is known. */
export const useClusterName = (clusterId: string | undefined): string | undefined =>
  useQuery({ ...clusterQuery(clusterId ?? ''), enabled: clusterId !== undefined }).data?.cluster.name
