import { counted } from '@/lib/format/plural'
import { outcomeOf } from '../run-rules'
import type { OutcomeCounts } from '../outcome/counts'
import { countOutcomes, isRunOver, type NodeState, type RunState } from './state'
import { isStopping } from './stop-asked'
import { seenWhole, spanOf, type Span } from './took'

/** One batch as it was seen. Times are exact to one poll; `endedAtMs` is null while a node of it moves. */
export type BatchLane = Span & { batch: number; counts: OutcomeCounts }

const latest = (times: readonly (number | null)[]): number | null =>
  times.reduce<number | null>((max, time) => (time === null ? max : Math.max(max ?? time, time)), null)
const earliest = (times: readonly (number | null)[]): number | null =>
  times.reduce<number | null>((min, time) => (time === null ? min : Math.min(min ?? time, time)), null)

/** It began with the first of its nodes and ends with the last. */
const laneOf = (batch: number, nodes: NodeState[], isOver: boolean): BatchLane => {
  const spans = nodes.map(spanOf)
  const ended = nodes.some(({ status }) => outcomeOf(status) === 'moving') ? [] : spans
  return {
    batch,
    startedAfterMs: earliest(spans.map(({ startedAfterMs }) => startedAfterMs)),
    startedAtMs: earliest(spans.map(({ startedAtMs }) => startedAtMs)),
    endedAfterMs: latest(ended.map(({ endedAfterMs }) => endedAfterMs)),
    endedAtMs: latest(ended.map(({ endedAtMs }) => endedAtMs)),
    sawBegin: spans.length > 0 && spans.every(({ sawBegin }) => sawBegin),
    sawEnd: ended.some(({ sawEnd }) => sawEnd),
    counts: countOutcomes(nodes, isOver),
  }
}

/** A lane for each batch the run has, also for those not begun. */
export const batchLanes = (state: RunState): BatchLane[] => {
  const byBatch = new Map<number, NodeState[]>()
  for (const node of state.nodes.values()) {
    if (node.batch === null) continue
    const members = byBatch.get(node.batch)
    if (members) members.push(node)
    else byBatch.set(node.batch, [node])
  }
  const last = Math.max(state.facts?.numOfBatches ?? 0, ...byBatch.keys(), 0)
  return Array.from({ length: last }, (_, index) => laneOf(index + 1, byBatch.get(index + 1) ?? [], isRunOver(state)))
}

/** What one batch may take, and how that is known. */
export type ExpectedBatch = { lowMs: number; highMs: number; basis: string }
/**
 * `isMeasured`: from batches of the run itself. `overdueBatch`: the batch that is on has taken longer than the
 * longest of what the range rests on, which so tells nothing of its end.
 */
export type EtaRange = ExpectedBatch & { isMeasured: boolean; overdueBatch: number | null }

/** The vendor's hint: about ten minutes a batch (Spot console, Migration in progress). */
const hint: ExpectedBatch = { lowMs: 6 * 60_000, highMs: 12 * 60_000, basis: 'from the vendor’s hint of about 10 minutes a batch' }

/** What batches of the run took that were seen from beginning to end; null where there is none. */
const measured = (lanes: readonly BatchLane[]): ExpectedBatch | null => {
  const took = seenWhole(lanes)
  if (took.length === 0) return null
  const hasAll = took.length === lanes.filter(({ endedAtMs }) => endedAtMs !== null).length
  const all = took.length === 1 ? 'from the batch that ended' : `from the ${took.length} batches that ended`
  return {
    lowMs: Math.min(...took.map(({ leastMs }) => leastMs)),
    highMs: Math.max(...took.map(({ mostMs }) => mostMs)),
    basis: hasAll ? all : `from ${counted(took.length, 'batch', 'batches')} seen from beginning to end`,
  }
}

/** How long the batch that is on has been on, at the least and at the most. */
const spentOn = ({ startedAtMs, startedAfterMs, sawBegin }: BatchLane, nowMs: number): { leastMs: number; mostMs: number } => {
  if (startedAtMs === null) return { leastMs: 0, mostMs: 0 }
  return { leastMs: Math.max(0, nowMs - startedAtMs), mostMs: sawBegin ? Math.max(0, nowMs - (startedAfterMs ?? startedAtMs)) : Infinity }
}

/**
 * Time left, as a range. From the batches that have ended, shortest and longest, else from what is expected of
 * one, else from the vendor's hint. While a stop takes effect only the batch that is on is left: the next does not begin. Null when the run is
 * over or its number of batches is not known.
 */
export const timeLeft = (state: RunState, nowMs: number, expected: ExpectedBatch | null = null): EtaRange | null => {
  const { facts } = state
  if (facts === null || facts.numOfBatches === null || facts.currentBatch === null) return null
  const lanes = batchLanes(state)
  const own = measured(lanes)
  const { lowMs, highMs, basis } = own ?? expected ?? hint
  const rest = isStopping(state) ? 0 : facts.numOfBatches - facts.currentBatch
  const current = lanes[facts.currentBatch - 1]
  const isOn = current !== undefined && current.endedAtMs === null
  const spent = isOn ? spentOn(current, nowMs) : { leastMs: Infinity, mostMs: Infinity }
  return {
    lowMs: Math.max(0, lowMs - spent.mostMs) + rest * lowMs,
    highMs: Math.max(0, highMs - spent.leastMs) + rest * highMs,
    basis,
    isMeasured: own !== null,
    overdueBatch: isOn && spent.leastMs > highMs ? facts.currentBatch : null,
  }
}
