'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useMemo } from 'react'
import { ChartFrame } from '@/components/chart/chart-frame'
import { Skeleton } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { managedPercent } from '@/lib/domain/managed-share'
import { asProblem } from '@/lib/queries/problem-error'
import { managedShareQuery } from '@/lib/queries/runs'
import { percentWord, shareShape, shareSummary, shareTable } from './share-shape'

const Waiting = () => <Skeleton className="h-full rounded" />
const ShareChart = dynamic(() => import('./share-chart').then((file) => file.ShareChart), { ssr: false, loading: Waiting })

const heightPx = 112

/** How much of the cluster Ocean managed over time, at the moments when it was counted. */
export const ManagedShare = ({ clusterId }: { clusterId: string }) => {
  const { data, error } = useQuery(managedShareQuery(clusterId))
  const points = data?.points
  const shape = useMemo(() => (points ? shareShape(points) : null), [points])
  const last = points?.at(-1)
  const nowMs = data?.fetchedAtMs ?? 0
  const isWithoutNodes = points !== undefined && points.length > 0 && points.every((point) => managedPercent(point) === null)
  const nothing = isWithoutNodes ? 'There were no nodes outside system pools to count.' : error && !data ? asProblem(error).detail : 'Not counted yet. It is counted when a run begins or ends, and while somebody has the cluster open.'
  return (
    <ChartFrame
      className="mb-3"
      title="Managed by Ocean"
      aside={
        last && shape && !isWithoutNodes ? (
          <>
            {percentWord(managedPercent(last))} of the nodes outside system pools, counted <Time atMs={last.atMs} show="day" />
            {shape.gaps.length > 0 ? '; grey: nobody counted' : ''}
            {data?.isCut ? '; older counts are not drawn' : ''}
          </>
        ) : null
      }
      summary={points && shape ? shareSummary(points, shape) : ''}
      table={points && shape ? shareTable(points, nowMs) : undefined}
      heightPx={heightPx}
      isLoading={!data && !error}
      empty={shape && !isWithoutNodes ? null : nothing}
    >
      {shape ? <ShareChart shape={shape} nowMs={nowMs} /> : null}
    </ChartFrame>
  )
}
