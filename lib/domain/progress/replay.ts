import { counted } from '@/lib/format/plural'
import { outcomeOf, type Outcome } from '../run-rules'
import type { RunChange } from './change'
import { batchLanes } from './lanes'
import { applyChanges, emptyRun, type RunState } from './state'

/** A moment of a recording worth going to. */
export type ReplayMark = { atMs: number; kind: 'batch' | 'failed' | 'skipped' | 'stop' | 'gap'; label: string }

export type KnownBy = { changes: readonly RunChange[]; state: RunState }

const keptEvery = 500

/**
 * The recording as far as it was known at a moment: changes keep their order, also where a clock went back. States
 * on the way are kept, so that playing on, or going back a little, does not begin at the beginning.
 */
export const createKnownBy = (changes: readonly RunChange[]) => {
  const kept: RunState[] = [emptyRun]
  const stateAfter = (count: number): RunState => {
    const whole = Math.floor(count / keptEvery)
    for (let at = kept.length; at <= whole; at += 1) kept.push(applyChanges(kept[at - 1] ?? emptyRun, changes.slice((at - 1) * keptEvery, at * keptEvery)))
    return applyChanges(kept[whole] ?? emptyRun, changes.slice(whole * keptEvery, count))
  }
  return (atMs: number): KnownBy => {
    const count = changes.findLastIndex((change) => change.atMs <= atMs) + 1
    return { changes: count === changes.length ? changes : changes.slice(0, count), state: stateAfter(count) }
  }
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
  const batches = batchLanes(state).flatMap(({ batch, startedAtMs, sawBegin }): ReplayMark[] => (startedAtMs === null ? [] : [{ atMs: startedAtMs, kind: 'batch', label: `Batch ${batch} ${sawBegin ? 'begins' : 'first seen'}` }]))
  const stop: ReplayMark[] = state.stopAsked === null ? [] : [{ atMs: state.stopAsked.atMs, kind: 'stop', label: 'Stop asked for' }]
  const gaps = state.gaps.map(({ untilMs }): ReplayMark => ({ atMs: untilMs, kind: 'gap', label: 'Read again' }))
  return [...batches, ...endings(state, 'failed'), ...endings(state, 'skipped'), ...stop, ...gaps].sort((a, b) => a.atMs - b.atMs)
}
