'use client'

import { QueryObserver, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { clusterQuery } from '@/lib/queries/clusters'
import { keys } from '@/lib/queries/keys'
import { runQuery } from '@/lib/queries/runs'
import { routes } from '@/lib/routes'
import { makeRunFeed, type FeedLink } from './run-feed'

/** While the stream is held, or comes back by itself, nothing is asked for. */
const holdsStream: Record<FeedLink, boolean> = {
  idle: false,
  'catching-up': true,
  live: true,
  reconnecting: true,
  failed: false,
  ended: true,
}

/** One run, live: its record first, then its stream; where no stream can be held the record is asked for again. */
export const useRunStream = (clusterId: string, migrationId: string) => {
  const client = useQueryClient()
  const feed = useMemo(() => makeRunFeed(routes.api.stream(clusterId, migrationId)), [clusterId, migrationId])
  const view = useSyncExternalStore(feed.subscribe, feed.read, feed.read)
  const isHeld = holdsStream[view.link]
  const options = runQuery(clusterId, migrationId)
  const query = useQuery({ ...options, ...(isHeld ? { refetchInterval: false as const, refetchOnWindowFocus: false } : {}) })
  const { data } = query

  useEffect(() => {
    feed.start()
    return feed.stop
  }, [feed])
  useEffect(() => {
    if (data) feed.take(data)
  }, [feed, data])

  const hasEnded = view.link === 'ended'
  useEffect(() => {
    if (!hasEnded) return
    void client.invalidateQueries({ queryKey: keys.runs(clusterId) })
    void client.invalidateQueries({ queryKey: keys.cluster(clusterId), exact: true })
    // What was counted before the run is wrong now, and the side bar would go on showing it.
    void client.resetQueries({ queryKey: keys.nodes(clusterId) })
  }, [client, clusterId, hasEnded])

  // Spot may have told an end that was none. The shell goes on asking for the cluster, which shows it then.
  useEffect(() => {
    if (!hasEnded) return
    const cluster = new QueryObserver(client, { ...clusterQuery(clusterId), enabled: false })
    return cluster.subscribe(({ data, isSuccess, isFetching }) => {
      if (isSuccess && !isFetching && data.cluster.runningMigration?.migrationId === migrationId) void client.invalidateQueries({ queryKey: keys.run(clusterId, migrationId) })
    })
  }, [client, clusterId, migrationId, hasEnded])

  return { view, query }
}
