import 'server-only'
import type { RunPhase } from '@/lib/domain/progress/phase'
import { SpotError } from '@/lib/spot/errors'

const briskFactor = 0.5
const calmFactor = 2
const slowestMs = 60_000

/** The longest pause between two readings of a run, unless Spot itself asks for a longer one. */
export const longestIntervalMs = (baseMs: number): number => Math.max(slowestMs, baseMs)

/**
 * After how many readings without a change the pace drops to normal, and then to calm. Nodes on their way end
 * within minutes and a stop is waited for by somebody; capacity for the next batch may take many.
 */
const patience: Record<RunPhase, { brisk: number; calm: number }> = {
  starting: { brisk: 5, calm: 20 },
  moving: { brisk: 5, calm: 40 },
  stopping: { brisk: 40, calm: 80 },
  between: { brisk: 2, calm: 10 },
  over: { brisk: 0, calm: 0 },
}

/**
 * Milliseconds to the next reading of a run: faster for a few readings after something moved, slower when
 * nothing has for a while, each by the run's phase, and stretched by `pace` (1 to 8) as the organisation's
 * budget shrinks.
 */
export const readingIntervalMs = (input: { baseMs: number; phase: RunPhase; readingsSinceChange: number; pace: number }): number => {
  const { baseMs, phase, readingsSinceChange, pace } = input
  const { brisk, calm } = patience[phase]
  const factor = readingsSinceChange < brisk ? briskFactor : readingsSinceChange < calm ? 1 : calmFactor
  return Math.min(longestIntervalMs(baseMs), Math.round(baseMs * factor * pace))
}

/**
 * Milliseconds to wait after a reading that failed: doubling with jitter up to a minute, and never less
 * than the upstream asked for, so that nothing is sent inside a block.
 */
export const failureIntervalMs = (input: { baseMs: number; failures: number; error: unknown; random: () => number }): number => {
  const { baseMs, failures, error, random } = input
  const ceiling = Math.min(longestIntervalMs(baseMs), baseMs * 2 ** Math.min(failures, 10))
  const backoff = ceiling / 2 + (ceiling / 2) * random()
  const asked = error instanceof SpotError ? (error.retryAfterMs ?? 0) : 0
  return Math.round(asked > 0 ? Math.max(asked + 250, backoff) : backoff)
}
