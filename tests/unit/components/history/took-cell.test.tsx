import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { TookCell } from '@/components/history/took-cell'
import type { RunSummary } from '@/lib/contract/run'

const run = (tookMs: number | null): RunSummary => ({
  migrationId: 'scr-0001',
  clusterId: 'o-0001',
  status: 'COMPLETED',
  comment: 'web tier',
  startedBy: 'Ada',
  source: 'slipway',
  startedAtMs: 1_000,
  endedAtMs: tookMs === null ? null : 1_000 + tookMs,
  currentBatch: 1,
  numOfBatches: 1,
  counts: { total: 0, moved: 0, moving: 0, toGo: 0, skipped: 0, failed: 0, untouched: 0, unknown: 0 },
})
const textOf = (tookMs: number | null) => renderToStaticMarkup(<TookCell run={run(tookMs)} />).replaceAll(/<[^>]*>/g, '')

test.each([
  [13_200_000, '3 h 40 min'],
  [108_000, '1 min 48 s'],
  [45_000, '45 s'],
])('a run that took %i ms is told in its two largest units, so that two runs can be told apart', (tookMs, text) => {
  expect(textOf(tookMs)).toBe(text)
})

test('a run that is over and whose end was not said has no duration', () => {
  expect(textOf(null)).toBe('–')
})
