'use client'

import { absoluteTime, dayAndClock, relativeTime } from '@/lib/format/time'
import { Tooltip } from './tooltip'
import { useNow } from './use-now'

type TimeProps = {
  atMs: number
  /** `relative`: 12 s ago. `day`: today 14:02. */
  show?: 'relative' | 'day'
  /** False inside the rows of a table, where each stop of the Tab key would be one too many. */
  isFocusable?: boolean
}

/** A point in time, with the absolute time and zone on hover and focus. */
export const Time = ({ atMs, show = 'relative', isFocusable = true }: TimeProps) => {
  const now = useNow()
  const absolute = now === null ? absoluteTime(atMs, 'UTC') : absoluteTime(atMs)
  const text = now === null ? absolute : show === 'relative' ? relativeTime(atMs, now) : dayAndClock(atMs, now)
  return (
    <Tooltip content={absolute}>
      <time dateTime={new Date(atMs).toISOString()} tabIndex={isFocusable ? 0 : undefined} className="whitespace-nowrap">
        {text}
      </time>
    </Tooltip>
  )
}
