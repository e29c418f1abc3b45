import { expect, test } from 'vitest'
import type { NewRunChange, RunChange, RunFacts } from '@/lib/domain/progress/change'
import { foldRun } from '@/lib/domain/progress/state'
import { batchDespiteStop, isStopping } from '@/lib/domain/progress/stop-asked'

const minute = 60_000
const facts: RunFacts = { status: 'IN_PROGRESS', currentBatch: null, numOfBatches: 5, progressPercentage: 0, completedAtMs: null, stoppedAtMs: null, erredAtMs: null }
const batch = (atMs: number, currentBatch: number | null) => ({ atMs, kind: 'run' as const, body: { ...facts, currentBatch } })
const stop = (atMs: number) => ({ atMs, kind: 'stop' as const, body: { askedBy: 'ops-1' } })
const gap = (fromMs: number, atMs: number) => ({ atMs, kind: 'gap' as const, body: { fromMs, reason: 'Spot did not answer.' } })
const folded = (...changes: (NewRunChange & { atMs: number })[]) => foldRun(changes.map((change, index) => ({ ...change, seq: index + 1 }) as RunChange))

test('a stop holds while the batch goes on that was on when it was asked for', () => {
  expect(isStopping(folded(batch(0, 2)))).toBe(false)
  expect(isStopping(folded(batch(0, 2), stop(minute)))).toBe(true)
})

test('a later batch shows that a stop did not take effect, until one is asked for again', () => {
  const lost = [batch(0, 2), stop(minute), batch(9 * minute, 3)]
  expect([isStopping(folded(...lost)), batchDespiteStop(folded(...lost))]).toEqual([false, 3])
  expect(batchDespiteStop(folded(...lost, batch(20 * minute, 4)))).toBe(4)
  expect(isStopping(folded(...lost, stop(10 * minute)))).toBe(true)
})

test('a batch that may have begun before the asking does not', () => {
  expect(isStopping(folded(batch(0, 2), stop(minute), batch(minute + 2_000, 3))), 'told by the next reading').toBe(true)
  expect(isStopping(folded(batch(0, 2), stop(minute), gap(minute / 2, 9 * minute), batch(9 * minute, 3))), 'first read after a gap').toBe(true)
  expect(isStopping(folded(batch(0, 2), stop(minute), gap(2 * minute, 9 * minute), batch(9 * minute, 3))), 'read meanwhile').toBe(false)
  expect(isStopping(folded(batch(0, null), stop(minute), batch(9 * minute, 3))), 'none was told before').toBe(true)
})
