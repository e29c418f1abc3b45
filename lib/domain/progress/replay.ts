import { counted } from '@/lib/format/plural'
import { outcomeOf, type Outcome } from '../run-rules'
import type { RunChange } from './change'
import { batchLanes } from './lanes'
import type { RunState } from './state'

/** A moment of a recording worth going to. */
export type ReplayMark = { atMs: number; kind: 'batch' | 'failed' | 'skipped' | 'stop' | 'gap'; label: string }

/** The recording as far as it was known at `atMs`: changes keep their order, also where a clock went back. */
export const changesUntil = (changes: readonly RunChange[], atMs: number): readonly RunChange[] => {
  const last = changes.findLastIndex((change) => change.atMs <= atMs)
  return last === changes.length - 1 ? changes : changes.slice(0, last + 1)
}

const endings = (state: RunState, outcome: Extract<Outcome, 'failed' | 'skipped'>): ReplayMark[] => {
  const names = new Map<number, string[]>()
  for (const { nodeName, status, endedAtMs } of state.nodes.values()) {
    if (endedAtMs === null || outcomeOf(status) !== outcome) continue
    names.set(endedAtMs, [...(names.get(endedAtMs) ?? []), nodeName])
  }
  return [...names].map(([atMs, nodes]) => ({ atMs, kind: outcome, label: `${nodes.length === 1 ? nodes[0] : counted(nodes.length, 'node')} ${outcome}` }))
}

/**
 * The same as a list to choose from, with the beginning and the end of the recording. Each moment stands in it
 * once, with all that it is: of two entries of one moment only one could be the chosen one.
 */
export const replayMoments = (marks: readonly ReplayMark[], fromMs: number, untilMs: number): { atMs: number; label: string }[] => {
  const labels = new Map<number, string[]>([[fromMs, ['Beginning']]])
  for (const { atMs, label } of marks) if (atMs < untilMs) labels.set(atMs, [...(labels.get(atMs) ?? []), label])
  const last = marks.filter(({ atMs }) => atMs >= untilMs).map(({ label }) => label)
  return [...[...labels].map(([atMs, words]) => ({ atMs, label: words.join(', ') })), { atMs: untilMs, label: ['End', ...last].join(', ') }]
}

/** Where a reader may want to jump: beginnings of batches, failures, skips, a stop, holes in the record; in order of time. */
export const replayMarks = (state: RunState): ReplayMark[] => {
  const batches = batchLanes(state).flatMap(({ batch, startedAtMs }): ReplayMark[] => (startedAtMs === null ? [] : [{ atMs: startedAtMs, kind: 'batch', label: `Batch ${batch} begins` }]))
  const stop: ReplayMark[] = state.stopAsked === null ? [] : [{ atMs: state.stopAsked.atMs, kind: 'stop', label: 'Stop asked for' }]
  const gaps = state.gaps.map(({ untilMs }): ReplayMark => ({ atMs: untilMs, kind: 'gap', label: 'Read again' }))
  return [...batches, ...endings(state, 'failed'), ...endings(state, 'skipped'), ...stop, ...gaps].sort((a, b) => a.atMs - b.atMs)
}
