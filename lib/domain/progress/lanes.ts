import { outcomeOf } from '../run-rules'
import type { OutcomeCounts } from '../outcome/counts'
import { countOutcomes, isRunOver, type NodeState, type RunState } from './state'

/**
 * One batch as it was seen. Times are exact to one poll; `endedAtMs` is null while a node of it moves. Where one
 * fell into a gap of the record it is the latest that it can have been, and `…AfterMs` the earliest; else both are equal.
 */
export type BatchLane = {
  batch: number
  startedAfterMs: number | null
  startedAtMs: number | null
  endedAfterMs: number | null
  endedAtMs: number | null
  counts: OutcomeCounts
}

const latest = (times: readonly (number | null)[]): number | null =>
  times.reduce<number | null>((max, time) => (time === null ? max : Math.max(max ?? time, time)), null)
const earliest = (times: readonly (number | null)[]): number | null =>
  times.reduce<number | null>((min, time) => (time === null ? min : Math.min(min ?? time, time)), null)

const laneOf = (batch: number, nodes: NodeState[], isOver: boolean): BatchLane => {
  const ended = nodes.some(({ status }) => outcomeOf(status) === 'moving') ? [] : nodes
  return {
    batch,
    startedAfterMs: earliest(nodes.map(({ startedAfterMs, startedAtMs }) => startedAfterMs ?? startedAtMs)),
    startedAtMs: earliest(nodes.map(({ startedAtMs }) => startedAtMs)),
    endedAfterMs: latest(ended.map(({ endedAfterMs, endedAtMs }) => endedAfterMs ?? endedAtMs)),
    endedAtMs: latest(ended.map(({ endedAtMs }) => endedAtMs)),
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

/** The vendor's hint: about ten minutes a batch (Spot console, Migration in progress). */
const hintMsPerBatch = 10 * 60_000

export type EtaRange = { lowMs: number; highMs: number; basis: string }

/**
 * Time left, as a range. From the batches that have ended, shortest and longest, else from the vendor's
 * hint. After a stop was asked for only the batch that is on is left: the next does not begin. Null when the run is
 * over or its number of batches is not known.
 */
export const timeLeft = (state: RunState, nowMs: number): EtaRange | null => {
  const { facts } = state
  if (facts === null || facts.numOfBatches === null || facts.currentBatch === null) return null
  const lanes = batchLanes(state)
  const took = lanes.flatMap(({ startedAtMs, endedAtMs }) => (startedAtMs !== null && endedAtMs !== null ? [endedAtMs - startedAtMs] : []))
  const current = lanes[facts.currentBatch - 1]
  const spentMs = current?.startedAtMs != null ? Math.max(0, nowMs - current.startedAtMs) : 0
  const low = took.length > 0 ? Math.min(...took) : hintMsPerBatch * 0.6
  const high = took.length > 0 ? Math.max(...took) : hintMsPerBatch * 1.2
  const rest = state.stopAsked === null ? facts.numOfBatches - facts.currentBatch : 0
  const isCurrentOver = current?.endedAtMs != null
  const left = (each: number) => (isCurrentOver ? 0 : Math.max(0, each - spentMs)) + rest * each
  return {
    lowMs: left(low),
    highMs: Math.max(left(high), rest * high),
    basis: took.length > 0 ? `from ${took.length === 1 ? 'the batch' : `the ${took.length} batches`} that ended` : 'from the vendor’s hint of about 10 minutes a batch',
  }
}
