import type { RunEvidence } from '../batches/learn'
import { batchLanes } from '../progress/lanes'
import { isRunOver, type RunState } from '../progress/state'
import { seenWhole, spanOf, type Span } from '../progress/took'
import { outcomeOf } from '../run-rules'

/** Times of one recorded run, exact to one reading of it. Only nodes that moved count: a skipped node takes no time. */
export type ObservedTimes = {
  /** Batches that ended, with what moved in them. */
  batches: { nodes: number; minutes: number }[]
  nodes: { poolName: string; minutes: number }[]
}

type RunAbout = Pick<RunEvidence, 'migrationId' | 'clusterId' | 'startedAtMs' | 'clusterNodes'> & { percentage: number | null }

const minuteMs = 60_000

/** The sizes of the leading batches that were seen whole. Nobody's watch over a gap is sharp enough, nor one that a batch slipped through. */
const seenSizes = (state: RunState): number[] => {
  if (state.gaps.length > 0 || [...state.nodes.values()].some(({ batch, startedAtMs }) => batch === null && startedAtMs !== null)) return []
  const sizes = batchLanes(state).map(({ counts }) => counts.total)
  const isWhole = [...state.nodes.values()].every(({ batch }) => batch !== null)
  const whole = isWhole ? sizes : sizes.slice(0, Math.max(0, (state.facts?.currentBatch ?? 0) - 1))
  const firstEmpty = whole.indexOf(0)
  return firstEmpty === -1 ? whole : whole.slice(0, firstEmpty)
}

/** What a run shows of the batch size; null while it is not over or where it was not started with a known percentage. */
export const evidenceOf = (state: RunState, { percentage, ...about }: RunAbout): RunEvidence | null => {
  const numOfBatches = state.facts?.numOfBatches ?? null
  if (!isRunOver(state) || percentage === null || numOfBatches === null || numOfBatches < 1 || state.nodes.size === 0) return null
  return { ...about, percentage, selected: state.nodes.size, numOfBatches, sizes: seenSizes(state) }
}

/** From when it was read as begun to when it was read as over. */
const minutesOf = (span: Span): number[] => (seenWhole([span]).length === 0 ? [] : [((span.endedAtMs ?? 0) - (span.startedAtMs ?? 0)) / minuteMs])

/** How long batches and nodes took that were seen from beginning to end. */
export const timesOf = (state: RunState): ObservedTimes => ({
  batches: batchLanes(state).flatMap((lane) => (lane.counts.moved > 0 ? minutesOf(lane).map((minutes) => ({ nodes: lane.counts.moved, minutes })) : [])),
  nodes: [...state.nodes.values()].flatMap((node) => (outcomeOf(node.status) === 'moved' ? minutesOf(spanOf(node)).map((minutes) => ({ poolName: node.poolName, minutes })) : [])),
})
