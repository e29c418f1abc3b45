import 'server-only'
import { SpotError } from '@/lib/spot/errors'

const briskPolls = 5
const calmAfterPolls = 20
const briskFactor = 0.5
const calmFactor = 2
const slowestMs = 60_000

/**
 * Milliseconds to the next reading of a run: faster for a few readings after something moved, slower when
 * nothing has for a while, stretched by `pace` (1 to 8) as the organisation's budget shrinks.
 */
export const readingIntervalMs = (input: { baseMs: number; readingsSinceChange: number; pace: number }): number => {
  const { baseMs, readingsSinceChange, pace } = input
  const factor = readingsSinceChange < briskPolls ? briskFactor : readingsSinceChange < calmAfterPolls ? 1 : calmFactor
  return Math.min(Math.max(slowestMs, baseMs), Math.round(baseMs * factor * pace))
}

/**
 * Milliseconds to wait after a reading that failed: doubling with jitter up to a minute, and never less
 * than the upstream asked for, so that nothing is sent inside a block.
 */
export const failureIntervalMs = (input: { baseMs: number; failures: number; error: unknown; random: () => number }): number => {
  const { baseMs, failures, error, random } = input
  const ceiling = Math.min(Math.max(slowestMs, baseMs), baseMs * 2 ** Math.min(failures, 10))
  const backoff = ceiling / 2 + (ceiling / 2) * random()
  const asked = error instanceof SpotError ? (error.retryAfterMs ?? 0) : 0
  return Math.round(asked > 0 ? Math.max(asked + 250, backoff) : backoff)
}
