import { batchLanes, type BatchLane } from '@/lib/domain/progress/lanes'
import type { RunState } from '@/lib/domain/progress/state'
import type { OutcomeCounts } from '@/lib/domain/outcome/counts'
import { formatDuration } from '@/lib/format/duration'
import { formatCount } from '@/lib/format/numbers'
import { counted } from '@/lib/format/plural'

/** `untold`: the run is over, and what Spot says of the batch's nodes is outside every document. */
export type LaneState = 'ended' | 'moving' | 'next' | 'waiting' | 'never' | 'untold'
export type Lane = { batch: number; state: LaneState; counts: OutcomeCounts; leftPercent: number; widthPercent: number; words: string }

const settled = [
  ['moved', 'moved'],
  ['skipped', 'skipped'],
  ['failed', 'failed'],
  ['untouched', 'not migrated'],
  ['unknown', 'unknown'],
] as const satisfies readonly (readonly [keyof OutcomeCounts, string])[]

const stateOf = ({ startedAtMs, endedAtMs, batch, counts }: BatchLane, nextBatch: number, isOver: boolean): LaneState => {
  if (startedAtMs !== null) return endedAtMs === null && !isOver ? 'moving' : 'ended'
  if (isOver) return counts.unknown > 0 ? 'untold' : 'never'
  return batch === nextBatch ? 'next' : 'waiting'
}

const wordsOf = (state: LaneState, { counts }: BatchLane, tookMs: number): string => {
  if (state === 'next') return 'next'
  if (state === 'waiting') return ''
  if (state === 'never') return 'not begun'
  if (state === 'untold') return `${counted(counts.unknown, 'node')} in an unknown state`
  const parts = settled.filter(([outcome]) => counts[outcome] > 0).map(([outcome, word]) => `${formatCount(counts[outcome])} ${word}`)
  const moving = counts.moving > 0 ? [`${formatCount(counts.moving)} moving`] : []
  return [formatDuration(tookMs), ...parts, ...moving].join(', ')
}

/** Batches on one axis from the first to `untilMs`. Times are exact to one reading. */
export const laneShape = (state: RunState, untilMs: number, isOver: boolean): Lane[] => {
  const lanes = batchLanes(state)
  const begun = lanes.flatMap(({ startedAtMs }) => (startedAtMs === null ? [] : [startedAtMs]))
  const fromMs = Math.min(...begun, untilMs)
  const spanMs = Math.max(1, untilMs - fromMs)
  const nextBatch = lanes.find(({ startedAtMs }) => startedAtMs === null)?.batch ?? 0
  return lanes.map((lane) => {
    const laneState = stateOf(lane, nextBatch, isOver)
    const startMs = lane.startedAtMs ?? untilMs
    const endMs = Math.max(startMs, lane.endedAtMs ?? untilMs)
    const isDrawn = laneState === 'ended' || laneState === 'moving'
    return {
      batch: lane.batch,
      state: laneState,
      counts: lane.counts,
      leftPercent: isDrawn ? ((startMs - fromMs) / spanMs) * 100 : 0,
      widthPercent: isDrawn ? ((endMs - startMs) / spanMs) * 100 : 0,
      words: wordsOf(laneState, lane, endMs - startMs),
    }
  })
}

/** What the lanes say to those who do not see them. */
export const lanesSummary = (lanes: readonly Lane[]): string => {
  const count = (state: LaneState) => lanes.filter((lane) => lane.state === state).length
  return `${counted(lanes.length, 'batch', 'batches')}: ${count('ended')} ended, ${count('moving')} on, ${count('next') + count('waiting')} to come${count('never') > 0 ? `, ${count('never')} not begun` : ''}${count('untold') > 0 ? `, ${count('untold')} not told by Spot` : ''}.`
}
