import type { EtaRange } from '@/lib/domain/progress/lanes'
import { formatMinuteRange } from '@/lib/format/duration'

const minuteMs = 60_000

type Left = Pick<EtaRange, 'lowMs' | 'highMs' | 'isMeasured' | 'overdueBatch'>

/** The time that a run still takes, in whole minutes and never less than it may be, or why that is not known. */
export const leftText = ({ lowMs, highMs, isMeasured, overdueBatch }: Left): string => {
  if (overdueBatch !== null) return `not known: batch ${overdueBatch} has taken longer than ${isMeasured ? 'any before' : 'expected'}`
  return highMs < minuteMs ? 'less than 1 min' : formatMinuteRange(Math.floor(lowMs / minuteMs), Math.ceil(highMs / minuteMs))
}
