import { formatMinuteRange } from '@/lib/format/duration'

const minuteMs = 60_000

/** The time that a run still takes, in whole minutes and never less than it may be. */
export const leftText = ({ lowMs, highMs }: { lowMs: number; highMs: number }): string =>
  highMs < minuteMs ? 'less than 1 min' : formatMinuteRange(Math.floor(lowMs / minuteMs), Math.ceil(highMs / minuteMs))
