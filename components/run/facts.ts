import { leftText } from '@/components/domain/left-text'
import { outcomeLook, outcomeOrder } from '@/components/domain/outcome-look'
import type { RunRecord } from '@/lib/contract/run'
import { countsOf, isRunOver, type RunState } from '@/lib/domain/progress/state'
import { timeLeft, type EtaRange, type ExpectedBatch } from '@/lib/domain/progress/lanes'
import type { OutcomeCounts } from '@/lib/domain/outcome/counts'
import { deletedStatus } from '@/lib/domain/run-rules'
import { formatDuration } from '@/lib/format/duration'
import { formatCount } from '@/lib/format/numbers'
import { counted, listed } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { clockTimeSeconds } from '@/lib/format/time'

/** The one place where a run's page gets its status and figures from. */
export type RunFigures = {
  status: string
  counts: OutcomeCounts
  isOver: boolean
  startedAtMs: number | null
  /** Null while it is on, and where Spot no longer knew it before an end was seen: whether it is over tells `isOver`. */
  endedAtMs: number | null
}

export const figuresOf = (run: RunRecord['run'], state: RunState): RunFigures => {
  const { facts } = state
  const counts = countsOf(state)
  const isOver = isRunOver(state)
  const status = facts?.status ?? run.status
  return {
    status,
    counts,
    isOver,
    startedAtMs: run.startedAtMs ?? state.firstAtMs,
    endedAtMs: isOver && status !== deletedStatus ? (run.endedAtMs ?? facts?.completedAtMs ?? facts?.stoppedAtMs ?? facts?.erredAtMs ?? state.lastAtMs) : null,
  }
}

export type Fact = { label: string; value: string; note?: string; isAlarming?: boolean }

/**
 * When a run is looked at: `nowMs` is the server's clock, `expected` what recorded runs let expect of a batch, where that
 * is known, and `unreadSinceMs` since when Spot has not been read, where nobody can say how far the run is by now.
 */
type Moment = { nowMs: number; expected?: ExpectedBatch | null; unreadSinceMs?: number | null }

const yesNo = (value: boolean | null, yes: string, no: string): string => (value === null ? 'not said' : value ? yes : no)
const percentText = (value: number | null): string => (value === null ? 'not said' : `${value} %`)

/** For how long a run was seen of which no end was: up to the gap that the last word on it ended, where there was one. */
const seenForMs = ({ gaps, firstAtMs, lastAtMs }: RunState): number => {
  const last = gaps.at(-1)
  const untilMs = last !== undefined && last.untilMs === lastAtMs ? last.fromMs : lastAtMs
  return Math.max(0, (untilMs ?? 0) - (firstAtMs ?? 0))
}

const leftFact = (left: EtaRange | null, unreadSinceMs: number | null): Fact => {
  if (unreadSinceMs !== null) return { label: 'Left', value: 'not known', note: `not read since ${clockTimeSeconds(unreadSinceMs)}` }
  if (left === null) return { label: 'Left', value: 'not known yet' }
  return { label: 'Left', value: leftText(left), ...(left.overdueBatch === null && { note: left.basis }) }
}

const timeFacts = (figures: RunFigures, state: RunState, { nowMs, expected = null, unreadSinceMs = null }: Moment): Fact[] => {
  const { startedAtMs, endedAtMs, isOver } = figures
  if (isOver && endedAtMs === null) return [{ label: 'Seen for', value: formatDuration(seenForMs(state)) }]
  const spent = startedAtMs === null ? null : formatDuration((endedAtMs ?? nowMs) - startedAtMs)
  if (isOver) return [{ label: 'Took', value: spent ?? 'not said' }]
  const left = timeLeft(state, nowMs, expected)
  return [{ label: 'Elapsed', value: spent ?? 'not said' }, leftFact(left, unreadSinceMs)]
}

const controllerWords = { reporting: 'reporting', stale: 'silent', inactive: 'not active', unknown: 'not known' } as const

const controllerNotes: Partial<Record<keyof typeof controllerWords, string>> = {
  stale: 'nothing is drained without it: check it in the cluster',
  unknown: 'Spot does not tell whether it hears of it',
}

const controllerFact = ({ isOver }: RunFigures, { heartbeats }: RunState): Fact[] =>
  heartbeats.slice(-1).map(({ state, status }) => ({
    label: 'Controller',
    value: controllerWords[state],
    ...((state === 'stale' || state === 'inactive') && { isAlarming: true }),
    ...(state === 'inactive' && { note: `Spot says ${visibleText(status ?? '')}` }),
    ...(!isOver && controllerNotes[state] !== undefined && { note: controllerNotes[state] }),
  }))

const batchFact = ({ facts }: RunState): Fact => {
  const { currentBatch = null, numOfBatches = null } = facts ?? {}
  if (currentBatch === null || numOfBatches === null) return { label: 'Batch', value: 'not said' }
  return { label: 'Batch', value: `${currentBatch} of ${numOfBatches}` }
}

/** The line of facts under the heading. */
export const factsOf = (figures: RunFigures, state: RunState, options: RunRecord['options'], moment: Moment): Fact[] => [
  ...timeFacts(figures, state, moment),
  batchFact(state),
  ...controllerFact(figures, state),
  { label: 'Batch size', value: percentText(options.batchSizePercentage) },
  { label: 'Healthy', value: percentText(options.batchMinHealthyPercentage) },
  { label: 'PDB', value: yesNo(options.respectPdb, 'respected', 'not respected') },
  { label: 'Old nodes', value: yesNo(options.shouldTerminateNodes, 'terminated', 'kept') },
]

/** The run in one sentence, for those who hear the page. */
export const spokenProgress = (word: string, { counts }: RunFigures): string => {
  const parts = outcomeOrder.filter((outcome) => counts[outcome] > 0).map((outcome) => `${formatCount(counts[outcome])} ${outcomeLook[outcome].word}`)
  return `${word}. ${parts.length === 0 ? 'No nodes yet' : `${listed(parts)}, of ${counted(counts.total, 'node')}`}.`
}
