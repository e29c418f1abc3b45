import type { NodeState } from './state'

/**
 * When something began and ended, as far as readings tell: at `…AtMs`, or where that fell into a gap of the record
 * between `…AfterMs` and it. `saw…`: the record has it from before. What was under way, or over, when it was first
 * told began, or ended, at some time before `…AtMs`.
 */
export type Span = {
  startedAfterMs: number | null
  startedAtMs: number | null
  endedAfterMs: number | null
  endedAtMs: number | null
  sawBegin: boolean
  sawEnd: boolean
}

/** The times of a node. */
export const spanOf = ({ startedAfterMs, startedAtMs, endedAfterMs, endedAtMs, wasWaitingAtFirst, wasSettledAtFirst }: NodeState): Span => ({
  startedAfterMs: startedAfterMs ?? startedAtMs,
  startedAtMs,
  endedAfterMs: endedAfterMs ?? endedAtMs,
  endedAtMs,
  sawBegin: startedAtMs !== null && wasWaitingAtFirst,
  sawEnd: endedAtMs !== null && !wasSettledAtFirst,
})

/** What something took at the least and at the most; `mostMs` is null where its beginning was not seen. */
export type Took = { leastMs: number; mostMs: number | null }

/** Null where readings tell nothing of it: not begun, not over, over when it was first told, or come and gone between two of them. */
export const tookOf = ({ startedAfterMs, startedAtMs, endedAfterMs, endedAtMs, sawBegin, sawEnd }: Span): Took | null => {
  if (startedAtMs === null || endedAtMs === null || !sawEnd) return null
  const leastMs = Math.max(0, (endedAfterMs ?? endedAtMs) - startedAtMs)
  const mostMs = sawBegin ? Math.max(0, endedAtMs - (startedAfterMs ?? startedAtMs)) : null
  return (mostMs ?? leastMs) === 0 ? null : { leastMs, mostMs }
}

/** The times that were seen from beginning to end, without those of which no least is known. */
export const seenWhole = (spans: readonly Span[]): { leastMs: number; mostMs: number }[] =>
  spans.flatMap((span) => {
    const took = tookOf(span)
    return took === null || took.mostMs === null || took.leastMs === 0 ? [] : [{ leastMs: took.leastMs, mostMs: took.mostMs }]
  })
