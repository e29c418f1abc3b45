import { describe, expect, test } from 'vitest'
import type { RunPhase } from '@/lib/domain/progress/phase'
import { failureIntervalMs, readingIntervalMs } from '@/lib/live/interval'
import { SpotError } from '@/lib/spot/errors'

describe('the pause between two readings', () => {
  const at = (readingsSinceChange: number, pace = 1, phase: RunPhase = 'starting') => readingIntervalMs({ baseMs: 3_000, phase, readingsSinceChange, pace })

  test('is short after a change, normal later, long when nothing has moved for a while', () => {
    expect([at(0), at(4), at(5), at(19), at(20)]).toEqual([1_500, 1_500, 3_000, 3_000, 6_000])
  })

  test('stays short while a stop takes effect, and grows soon between nodes', () => {
    expect([0, 2, 10, 39].map((readings) => at(readings, 1, 'stopping'))).toEqual([1_500, 1_500, 1_500, 1_500])
    expect([0, 2, 10, 39].map((readings) => at(readings, 1, 'moving'))).toEqual([1_500, 1_500, 3_000, 3_000])
    expect([0, 2, 10, 39].map((readings) => at(readings, 1, 'between'))).toEqual([1_500, 3_000, 6_000, 6_000])
  })

  test('stretches as the budget shrinks, up to a minute', () => {
    expect(at(0, 4)).toBe(6_000)
    expect(at(30, 8)).toBe(48_000)
    expect(readingIntervalMs({ baseMs: 20_000, phase: 'starting', readingsSinceChange: 30, pace: 8 })).toBe(60_000)
  })
})

describe('the pause after a failure', () => {
  const after = (failures: number, random: number, error: unknown = new SpotError('server', { wasSent: 'yes', status: 500 })) => failureIntervalMs({ baseMs: 3_000, failures, error, random: () => random })

  test('doubles with jitter, up to a minute', () => {
    expect([after(1, 1), after(2, 1), after(3, 1), after(50, 1)]).toEqual([6_000, 12_000, 24_000, 60_000])
    expect(after(1, 0)).toBe(3_000)
  })

  test('is never shorter than a block lasts', () => {
    const blocked = new SpotError('rate-limited', { wasSent: 'no', retryAfterMs: 45_000 })
    expect(after(1, 0, blocked)).toBeGreaterThan(45_000)
    expect(after(1, 1, blocked)).toBeGreaterThan(45_000)
  })
})
