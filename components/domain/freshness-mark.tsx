'use client'

import { cn } from '@/components/ui/cn'
import { Tooltip } from '@/components/ui/tooltip'
import { useNow } from '@/components/ui/use-now'
import { formatShortDuration } from '@/lib/format/duration'
import { clockTimeSeconds } from '@/lib/format/time'

/** How this browser hears of the run. `polling` is the fallback when the stream cannot be held. */
export type ConnectionState =
  | { kind: 'live' | 'catching-up' | 'polling' | 'ended' }
  | { kind: 'reconnecting'; sinceMs: number }

type FreshnessMarkProps = {
  connection: ConnectionState
  /** When the server last heard from Spot, on the browser's clock; null when never. */
  readAtMs: number | null
  /** Why the last reading gave nothing, in one sentence. */
  problem?: string | null
  /** False for a run of which Spot's answer is all there is. */
  isRecorded?: boolean
}

const words = {
  live: 'live',
  'catching-up': 'catching up',
  polling: 'asking every few seconds',
  ended: 'ended',
} as const

/** The state of the connection and the age of the data, always together. */
export const FreshnessMark = ({ connection, readAtMs, problem, isRecorded = true }: FreshnessMarkProps) => {
  const now = useNow()
  const word = connection.kind === 'reconnecting' ? `reconnecting since ${clockTimeSeconds(connection.sinceMs)}` : words[connection.kind]
  const age = readAtMs === null || now === null ? null : `${formatShortDuration(now - readAtMs)} old`
  const isGood = connection.kind === 'live' && !problem
  const text = connection.kind === 'ended' && isRecorded ? 'recorded to the end' : [isRecorded ? word : 'as Spot tells it', age].filter(Boolean).join(', ')
  const mark = (
    <span
      tabIndex={problem ? 0 : undefined}
      className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', isGood ? 'text-moved' : 'text-text-2', problem && 'text-skipped')}
    >
      <span aria-hidden className={cn('size-2 rounded-full', isGood ? 'bg-moved' : problem ? 'bg-skipped' : 'bg-untouched')} />
      {text}
    </span>
  )
  return problem ? <Tooltip content={problem}>{mark}</Tooltip> : mark
}
