'use client'

import { cn } from '@/components/ui/cn'
import { Tooltip } from '@/components/ui/tooltip'
import { useNow } from '@/components/ui/use-now'
import type { PartProblem } from '@/lib/contract/problem'
import { errorCatalog, isErrorCode } from '@/lib/errors'
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
  /** Why the last reading gave nothing. */
  problem?: PartProblem | null
  /** False for a run of which Spot's answer is all there is. */
  isRecorded?: boolean
  /** False for a run that Spot no longer knew before its end was seen. */
  isEndKnown?: boolean
}

const words = {
  live: 'live',
  'catching-up': 'catching up',
  polling: 'asking every few seconds',
  ended: 'ended',
} as const

/** Where the page hears of the run and the run is not read, the word is why. */
const wordOf = (connection: ConnectionState, problem: PartProblem | null, isRecorded: boolean): string => {
  if (connection.kind === 'reconnecting') return `reconnecting since ${clockTimeSeconds(connection.sinceMs)}`
  if (problem !== null && (connection.kind === 'live' || connection.kind === 'polling')) return isErrorCode(problem.code) ? errorCatalog[problem.code].title : 'unwatched'
  return isRecorded ? words[connection.kind] : 'as Spot tells it'
}

/** The state of the connection and the age of the data, always together. */
export const FreshnessMark = ({ connection, readAtMs, problem, isRecorded = true, isEndKnown = true }: FreshnessMarkProps) => {
  const now = useNow()
  const word = wordOf(connection, problem ?? null, isRecorded)
  const age = readAtMs === null || now === null ? null : `${problem ? 'data ' : ''}${formatShortDuration(now - readAtMs)} old`
  const isGood = connection.kind === 'live' && !problem
  const text = connection.kind === 'ended' && isRecorded ? (isEndKnown ? 'recorded to the end' : 'record ends with what was seen last') : [word, age].filter(Boolean).join(', ')
  const mark = (
    <span
      tabIndex={problem ? 0 : undefined}
      className={cn('inline-flex items-center gap-1.5', isGood ? 'text-moved' : 'text-text-2', problem ? 'text-skipped' : 'whitespace-nowrap')}
    >
      <span aria-hidden className={cn('size-2 shrink-0 rounded-full', isGood ? 'bg-moved' : problem ? 'bg-skipped' : 'bg-untouched')} />
      {text}
    </span>
  )
  return problem ? <Tooltip content={problem.detail}>{mark}</Tooltip> : mark
}
