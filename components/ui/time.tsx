'use client'

import { absoluteTime, clockTimeSeconds, dayAndClock, relativeTime } from '@/lib/format/time'
import { useIsPaper } from './paper'
import { Tooltip } from './tooltip'
import { useNow } from './use-now'

type TimeProps = {
  atMs: number
  /** `relative`: 12 s ago. `day`: today 14:02. `second`: today 14:02:07. */
  show?: 'relative' | 'day' | 'second'
  /** False inside the rows of a table, where each stop of the Tab key would be one too many. */
  isFocusable?: boolean
}

const texts = {
  relative: relativeTime,
  day: (atMs: number, now: number) => dayAndClock(atMs, now),
  second: (atMs: number, now: number) => `${dayAndClock(atMs, now)}${clockTimeSeconds(atMs).slice(-3)}`,
}

/** A point in time, with the absolute time and zone on hover and focus; on paper in their place. */
export const Time = ({ atMs, show = 'relative', isFocusable = true }: TimeProps) => {
  const now = useNow()
  const isPaper = useIsPaper()
  const absolute = now === null ? absoluteTime(atMs, 'UTC') : absoluteTime(atMs)
  const text = now === null || isPaper ? absolute : texts[show](atMs, now)
  return (
    <Tooltip content={absolute}>
      <time dateTime={new Date(atMs).toISOString()} tabIndex={isFocusable ? 0 : undefined} className="whitespace-nowrap">
        {text}
      </time>
    </Tooltip>
  )
}

/** Hour, minute and second, where the day is plain; on paper with date and zone. */
export const Clock = ({ atMs }: { atMs: number }) => (useIsPaper() ? absoluteTime(atMs) : clockTimeSeconds(atMs))
