import { outcomeOf } from '../run-rules'
import type { OutcomeCounts } from '../outcome/counts'
import { countOutcomes, isRunOver, type NodeState, type RunState } from './state'
import { isStopping } from './stop-asked'

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

/** What one batch may take, and how that is known. */
export type ExpectedBatch = { lowMs: number; highMs: number; basis: string }
/** `isMeasured`: from batches of the run itself. */
export type EtaRange = ExpectedBatch & { isMeasured: boolean }

/** The vendor's hint: about ten minutes a batch (Spot console, Migration in progress). */
const hint: ExpectedBatch = { lowMs: 6 * 60_000, highMs: 12 * 60_000, basis: 'from the vendor’s hint of about 10 minutes a batch' }

/**
 * Time left, as a range. From the batches that have ended, shortest and longest, else from what is expected of
 * one, else from the vendor's hint. After a stop was asked for only the batch that is on is left: the next does not begin. Null when the run is
 * over or its number of batches is not known.
 */
export const timeLeft = (state: RunState, nowMs: number, expected: ExpectedBatch | null = null): EtaRange | null => {
  const { facts } = state
  if (facts === null || facts.numOfBatches === null || facts.currentBatch === null) return null
  const lanes = batchLanes(state)
  const took = lanes.flatMap(({ startedAtMs, endedAtMs }) => (startedAtMs !== null && endedAtMs !== null ? [endedAtMs - startedAtMs] : []))
  const current = lanes[facts.currentBatch - 1]
  const spentMs = current?.startedAtMs != null ? Math.max(0, nowMs - current.startedAtMs) : 0
  const each = took.length > 0 ? { lowMs: Math.min(...took), highMs: Math.max(...took), basis: `from ${took.length === 1 ? 'the batch' : `the ${took.length} batches`} that ended` } : (expected ?? hint)
  const rest = isStopping(state) ? 0 : facts.numOfBatches - facts.currentBatch
  const isCurrentOver = current?.endedAtMs != null
  const left = (ms: number) => (isCurrentOver ? 0 : Math.max(0, ms - spentMs)) + rest * ms
  return { lowMs: left(each.lowMs), highMs: left(each.highMs), basis: each.basis, isMeasured: took.length > 0 }
}
