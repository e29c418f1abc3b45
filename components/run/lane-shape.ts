import { batchLanes, type BatchLane } from '@/lib/domain/progress/lanes'
import type { RunState } from '@/lib/domain/progress/state'
import { isStopping } from '@/lib/domain/progress/stop-asked'
import { tookOf } from '@/lib/domain/progress/took'
import type { OutcomeCounts } from '@/lib/domain/outcome/counts'
import { hasNoEnd } from '@/lib/domain/run-rules'
import { formatDuration, formatDurationRange } from '@/lib/format/duration'
import { formatCount } from '@/lib/format/numbers'
import { counted } from '@/lib/format/plural'

/**
 * `unseen`: the batch went by between two readings, so which nodes were of it is not known. `untold`: the run is
 * over, and what Spot says of the batch's nodes is outside every document, or nodes that waited were told no end.
 */
export type LaneState = 'ended' | 'moving' | 'next' | 'waiting' | 'never' | 'unseen' | 'untold'
export type Lane = { batch: number; state: LaneState; counts: OutcomeCounts; leftPercent: number; widthPercent: number; words: string }

const settled = [
  ['moved', 'moved'],
  ['skipped', 'skipped'],
  ['failed', 'failed'],
  ['untouched', 'not migrated'],
  ['unknown', 'unknown'],
] as const satisfies readonly (readonly [keyof OutcomeCounts, string])[]

/** `isStopping`: a stop was asked for and not in vain, so that no further batch begins. */
type Course = { nextBatch: number; isOver: boolean; isStopping: boolean; lastUnseen: number; hasUntold: boolean }

const stateOf = ({ startedAtMs, endedAtMs, batch, counts }: BatchLane, { nextBatch, isOver, isStopping, lastUnseen, hasUntold }: Course): LaneState => {
  if (startedAtMs !== null) return endedAtMs === null && !isOver ? 'moving' : 'ended'
  if (batch <= lastUnseen) return 'unseen'
  if (isOver) return counts.unknown > 0 || hasUntold ? 'untold' : 'never'
  if (isStopping) return 'never'
  return batch === nextBatch ? 'next' : 'waiting'
}

/** How long a batch took, or has taken by `untilMs`: a range where an end of it fell into a gap, and no figure where readings give none. */
const tookText = (lane: BatchLane, untilMs: number): string => {
  if (lane.endedAtMs !== null && !lane.sawEnd) return 'time not seen'
  const isOn = lane.endedAtMs === null
  const took = tookOf(isOn ? { ...lane, endedAfterMs: untilMs, endedAtMs: untilMs, sawEnd: true } : lane)
  if (took !== null) return formatDurationRange(took.leastMs, took.mostMs)
  return isOn ? formatDuration(0) : 'between two readings'
}

const wordsOf = (state: LaneState, lane: BatchLane, untilMs: number, isUnread: boolean): string => {
  const { counts } = lane
  if (state === 'next') return 'next'
  if (state === 'waiting') return ''
  if (state === 'never') return 'not begun'
  if (state === 'unseen') return 'not seen'
  if (state === 'untold') return counts.unknown > 0 ? `${counted(counts.unknown, 'node')} in an unknown state` : 'not known'
  const parts = settled.filter(([outcome]) => counts[outcome] > 0).map(([outcome, word]) => `${formatCount(counts[outcome])} ${word}`)
  const moving = counts.moving > 0 ? [`${formatCount(counts.moving)} in progress`] : []
  const took = state === 'ended' && lane.endedAtMs === null ? [] : [tookText(lane, untilMs)]
  const words = [...took, ...parts, ...moving].join(', ')
  return state === 'moving' && isUnread ? `${words} when last read` : words
}

/** The last batch that can have gone by unseen: nodes were settled without having been seen in a batch. 0 when there is none. */
const lastUnseenOf = ({ facts, nodes }: RunState): number =>
  [...nodes.values()].some(({ batch, startedAtMs }) => batch === null && startedAtMs !== null) ? (facts?.currentBatch ?? 0) : 0

/** Nodes of no batch whose end was not told: any batch that was not seen to begin can have been theirs. */
const hasUntoldNodes = ({ nodes }: RunState, isOver: boolean): boolean => [...nodes.values()].some(({ batch, status }) => batch === null && hasNoEnd(status, isOver))

/** Batches on one axis from the first to `untilMs`. Times are exact to one reading. `unreadSinceMs`: since when nobody has read whether the batch that was on still is; null while it is read. */
export const laneShape = (state: RunState, untilMs: number, isOver: boolean, unreadSinceMs: number | null = null): Lane[] => {
  const seenUntilMs = unreadSinceMs ?? untilMs
  const lanes = batchLanes(state)
  const begun = lanes.flatMap(({ startedAtMs }) => (startedAtMs === null ? [] : [startedAtMs]))
  const fromMs = Math.min(...begun, untilMs)
  // Spot may say that the run ended before the reading that showed its last batch ended.
  const toMs = Math.max(untilMs, ...lanes.flatMap(({ endedAtMs }) => endedAtMs ?? []))
  const spanMs = Math.max(1, toMs - fromMs)
  const lastUnseen = lastUnseenOf(state)
  const nextBatch = lanes.find(({ batch, startedAtMs }) => startedAtMs === null && batch > lastUnseen)?.batch ?? 0
  const course = { nextBatch, isOver, isStopping: isStopping(state), lastUnseen, hasUntold: hasUntoldNodes(state, isOver) }
  return lanes.map((lane) => {
    const laneState = stateOf(lane, course)
    const startMs = lane.startedAtMs ?? untilMs
    const endMs = Math.max(startMs, lane.endedAtMs ?? seenUntilMs)
    const isDrawn = laneState === 'ended' || laneState === 'moving'
    return {
      batch: lane.batch,
      state: laneState,
      counts: lane.counts,
      leftPercent: isDrawn ? ((startMs - fromMs) / spanMs) * 100 : 0,
      widthPercent: isDrawn ? ((endMs - startMs) / spanMs) * 100 : 0,
      words: wordsOf(laneState, lane, seenUntilMs, unreadSinceMs !== null),
    }
  })
}

/** What the lanes say to those who do not see them. */
export const lanesSummary = (lanes: readonly Lane[]): string => {
  const count = (state: LaneState) => lanes.filter((lane) => lane.state === state).length
  return `${counted(lanes.length, 'batch', 'batches')}: ${count('ended')} ended, ${count('moving')} on, ${count('next') + count('waiting')} to come${count('never') > 0 ? `, ${count('never')} not begun` : ''}${count('unseen') > 0 ? `, ${count('unseen')} not seen` : ''}${count('untold') > 0 ? `, ${count('untold')} not told by Spot` : ''}.`
}
