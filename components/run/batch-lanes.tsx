'use client'

import { useEffect, useRef } from 'react'
import { cn } from '@/components/ui/cn'
import { statusLook } from '@/components/ui/status'
import { outcomeLook, outcomeOrder } from '@/components/domain/outcome-look'
import type { Lane } from './lane-shape'

/** A lane is coloured by what became of its nodes; a batch that is on moves. */
const Bar = ({ lane }: { lane: Lane }) => (
  <span
    aria-hidden
    className="absolute inset-y-0 flex min-w-1 gap-px overflow-hidden rounded-sm"
    style={{ left: `min(${lane.leftPercent}%, calc(100% - 4px))`, width: `${lane.widthPercent}%` }}
  >
    {outcomeOrder.map((outcome) =>
      lane.counts[outcome] > 0 ? (
        <span key={outcome} className={cn('h-full', statusLook[outcomeLook[outcome].status].fill)} style={{ flexGrow: lane.counts[outcome], flexBasis: 0 }} />
      ) : null,
    )}
  </span>
)

/** Keeps the batch that is on, or comes next, in sight when another one begins; where the reader scrolls meanwhile they stay. */
const useFollow = (batch: number | null) => {
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    const frame = list.current
    const lane = batch === null ? undefined : frame?.children[batch - 1]
    if (frame === null || lane === undefined) return
    const [outer, inner] = [frame.getBoundingClientRect(), lane.getBoundingClientRect()]
    frame.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2
  }, [batch])
  return list
}

/** Batches one under the other on one axis of time, as wide as the longest words leave it. */
export const BatchLanes = ({ lanes }: { lanes: readonly Lane[] }) => {
  const batch = (lanes.find(({ state }) => state === 'moving') ?? lanes.find(({ state }) => state === 'next'))?.batch ?? null
  const list = useFollow(batch)
  return (
    <ol ref={list} tabIndex={0} aria-label="Batches" className="grid h-full auto-rows-min grid-cols-[60px_minmax(50px,1fr)_minmax(96px,max-content)] gap-x-3 overflow-y-auto">
      {lanes.map((lane) => (
        <li key={lane.batch} className="col-span-3 grid grid-cols-subgrid items-center py-[3px]">
          <span className={cn('whitespace-nowrap', lane.state === 'waiting' && 'text-text-3')}>Batch {lane.batch}</span>
          <span className="relative h-3.5 rounded-sm bg-sunken">{lane.widthPercent > 0 || lane.state === 'moving' ? <Bar lane={lane} /> : null}</span>
          <span className="truncate text-right text-xs text-text-2" title={lane.words}>
            {lane.words}
          </span>
        </li>
      ))}
    </ol>
  )
}
