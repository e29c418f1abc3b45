'use client'

import dynamic from 'next/dynamic'
import { useMemo } from 'react'
import { ChartFrame, type LegendItem } from '@/components/chart/chart-frame'
import { useNow } from '@/components/ui/use-now'
import { outcomeLook } from '@/components/domain/outcome-look'
import { Skeleton } from '@/components/ui/skeleton'
import { formatCount } from '@/lib/format/numbers'
import { counted } from '@/lib/format/plural'
import { BatchLanes } from './batch-lanes'
import { CapacityBars } from './capacity-bars'
import { capacityGroups, capacityTotal } from './capacity-shape'
import { chartShape, drawnOutcomes, nodesTable, openGap, podsTable, type ChartShape } from './chart-shape'
import type { RunFigures } from './facts'
import { laneShape, lanesSummary } from './lane-shape'
import { predictedText } from './predicted-text'
import { rehearsedPoints, rehearsedSummary, rehearsedText, withRoomFor } from './rehearsed-shape'
import type { RunView } from './run-feed'

const Waiting = () => <Skeleton className="h-full rounded" />
// The chart library is the heaviest part of the product: it comes after the figures.
const NodesOverTime = dynamic(() => import('./time-charts').then((file) => file.NodesOverTime), { ssr: false, loading: Waiting })
const PodsOverTime = dynamic(() => import('./time-charts').then((file) => file.PodsOverTime), { ssr: false, loading: Waiting })

const rehearsedLegend: LegendItem[] = [{ id: 'rehearsed', label: 'rehearsed: moved in the median; shaded, where eight in ten rehearsals lie', swatch: 'bg-text-3' }]

const bigPx = 176
const smallPx = 120
const redrawEveryMs = 5_000

const nodesSummary = ({ points, total }: ChartShape): string => {
  const last = points.at(-1)
  if (!last) return 'Nothing was read yet.'
  const parts = drawnOutcomes.filter((outcome) => last[outcome] > 0).map((outcome) => `${formatCount(last[outcome])} ${outcomeLook[outcome].word}`)
  return `Of ${counted(total, 'node')}: ${parts.join(', ') || 'none begun'}, ${formatCount(last.toGo)} ${outcomeLook.toGo.word}.`
}

const podsSummary = ({ points, mostPods }: ChartShape): string => {
  const left = points.at(-1)?.podsLeft ?? null
  return `${left === null ? 'The number left is not said' : `${counted(left, 'pod')} left`}, of ${formatCount(mostPods)} at most.`
}

const gapWords = 'grey: not read'

type RunChartsProps = {
  view: RunView
  figures: RunFigures
  /** In a replay the picture at its moment, which `cursorMs` marks in the charts over time: these are of the whole recording, and say so. */
  replayed: { view: RunView; figures: RunFigures; cursorMs: number } | null
}

/** The run over time: nodes, batches, pods and new capacity. */
export const RunCharts = ({ view, figures, replayed }: RunChartsProps) => {
  const now = useNow()
  const { record, state, changes, freshness, clockOffsetMs } = view
  const { isOver, startedAtMs, endedAtMs } = figures
  // A longer axis is worth a drawing only every few seconds.
  const serverNow = isOver || now === null ? null : Math.floor((now + clockOffsetMs) / redrawEveryMs) * redrawEveryMs
  const rehearsed = useMemo(() => (record === null ? null : rehearsedPoints(record, startedAtMs)), [record, startedAtMs])
  const unread = useMemo(() => openGap(freshness, serverNow), [freshness, serverNow])
  const shape = useMemo(() => {
    const course = chartShape(changes, [...state.gaps, ...unread], serverNow)
    return course === null || rehearsed === null ? course : withRoomFor(course, rehearsed)
  }, [changes, state.gaps, unread, serverNow, rehearsed])
  const shown = replayed?.view.state ?? state
  const isShownOver = replayed?.figures.isOver ?? isOver
  const cursorMs = replayed?.cursorMs ?? null
  const untilMs = cursorMs ?? endedAtMs ?? serverNow ?? state.lastAtMs ?? 0
  const lanes = useMemo(() => laneShape(shown, untilMs, isShownOver, unread[0]?.fromMs ?? null), [shown, untilMs, isShownOver, unread])
  const groups = useMemo(() => capacityGroups(shown.capacity.values()), [shown.capacity])
  const predicted = useMemo(() => (record === null ? null : predictedText(record, shown)), [record, shown])
  const asides = [...(replayed === null ? [] : ['the whole recording']), ...(shape && shape.gaps.length > 0 ? [gapWords] : [])]
  return (
    <div className="mt-3 grid gap-3 lg:grid-cols-[3fr_2fr]">
      <ChartFrame
        title="Nodes over time"
        aside={asides.join('; ')}
        summary={shape ? `${nodesSummary(shape)}${rehearsed === null ? '' : ` ${rehearsedSummary(rehearsed)}`}` : ''}
        table={shape ? nodesTable(shape, rehearsed === null ? null : (atMs) => rehearsedText(rehearsed, atMs)) : undefined}
        legend={shape && rehearsed ? rehearsedLegend : undefined}
        heightPx={bigPx}
        empty={shape ? null : 'The first reading has not come yet.'}
      >
        {shape ? <NodesOverTime shape={shape} cursorMs={cursorMs} rehearsed={rehearsed} /> : null}
      </ChartFrame>
      <ChartFrame title="Batches" aside={lanes.length === 0 ? null : `${lanes.length} in all`} summary={lanesSummary(lanes)} heightPx={bigPx} isList empty={lanes.length === 0 ? 'Spot has not said how many batches there are.' : null}>
        <BatchLanes lanes={lanes} />
      </ChartFrame>
      <ChartFrame
        title="Pods left on old nodes"
        aside={['by Spot’s count', ...asides].join('; ')}
        summary={shape ? podsSummary(shape) : ''}
        table={shape ? podsTable(shape) : undefined}
        heightPx={smallPx}
        empty={shape ? null : 'The first reading has not come yet.'}
      >
        {shape ? <PodsOverTime shape={shape} cursorMs={cursorMs} /> : null}
      </ChartFrame>
      <ChartFrame title="New capacity" aside={capacityTotal(groups)} summary="New nodes by virtual node group." heightPx={smallPx} isList empty={groups.length === 0 ? 'No new nodes were asked for yet.' : null}>
        <CapacityBars groups={groups} isOver={isShownOver} />
      </ChartFrame>
      {predicted === null ? null : <p className="text-xs text-text-2 lg:col-span-2">{predicted}</p>}
    </div>
  )
}
