import { expect, test } from 'vitest'
import { diffMigration } from '@/lib/domain/progress/diff'
import { expectBatch } from '@/lib/domain/forecast/estimate'
import { batchLanes, timeLeft } from '@/lib/domain/progress/lanes'
import { runSeries, thin } from '@/lib/domain/progress/series'
import { applyChanges, emptyRun, foldRun } from '@/lib/domain/progress/state'
import type { RunChange } from '@/lib/domain/progress/change'
import type { Migration } from '@/lib/spot/schemas/migration'
import { makeMigration, stamp } from '@/tests/factories/migration'

const minute = 60_000
const samples = [
  { atMs: -minute, sample: makeMigration({ batch: 1, batches: 3, nodes: [{ name: 'a', status: 'TO_BE_REPLACED' }, { name: 'b', status: 'TO_BE_REPLACED' }, { name: 'c', status: 'TO_BE_REPLACED' }] }) },
  { atMs: 0, sample: makeMigration({ batch: 1, batches: 3, nodes: [{ name: 'a', status: 'IN_PROGRESS' }, { name: 'b', status: 'TO_BE_REPLACED' }, { name: 'c', status: 'TO_BE_REPLACED' }] }) },
  { atMs: 8 * minute, sample: makeMigration({ batch: 1, batches: 3, nodes: [{ name: 'a', status: 'REPLACED', pods: 0 }, { name: 'b', status: 'TO_BE_REPLACED' }, { name: 'c', status: 'TO_BE_REPLACED' }] }) },
  { atMs: 9 * minute, sample: makeMigration({ batch: 2, batches: 3, nodes: [{ name: 'a', status: 'REPLACED', pods: 0 }, { name: 'b', status: 'IN_PROGRESS' }, { name: 'c', status: 'TO_BE_REPLACED' }] }) },
]

const recorded = (readings: readonly { atMs: number; sample: Migration }[]): RunChange[] =>
  readings.reduce<RunChange[]>((known, { atMs, sample }) => [...known, ...stamp(diffMigration(foldRun(known), sample), known.length, atMs)], [])

const changes = recorded(samples)
const state = foldRun(changes)

test('every batch has a lane, also one that has not begun', () => {
  expect(batchLanes(state).map(({ batch, startedAtMs, endedAtMs }) => ({ batch, startedAtMs, endedAtMs }))).toEqual([
    { batch: 1, startedAtMs: 0, endedAtMs: 8 * minute },
    { batch: 2, startedAtMs: 9 * minute, endedAtMs: null },
    { batch: 3, startedAtMs: null, endedAtMs: null },
  ])
})

test('time left is a range from the batches that ended, and says so', () => {
  const left = timeLeft(state, 11 * minute)
  expect(left).toMatchObject({ lowMs: (6 + 8) * minute, highMs: (6 + 8) * minute, basis: 'from the batch that ended', isMeasured: true })
})

test('after a stop was asked for, batches that will not begin are not counted', () => {
  const asked: RunChange = { seq: state.seq + 1, atMs: 10 * minute, kind: 'stop', body: { askedBy: 'Ada' } }
  expect(timeLeft(applyChanges(state, [asked]), 11 * minute)).toMatchObject({ lowMs: 6 * minute, highMs: 6 * minute })
})

test('before any batch has ended the range rests on the vendor hint', () => {
  const first = applyChanges(emptyRun, changes.filter(({ atMs }) => atMs <= 0))
  expect(timeLeft(first, 0)).toMatchObject({ isMeasured: false, basis: expect.stringContaining('hint') })
})

test('before any batch has ended, recorded runs draw the range from the hint towards what batches took here', () => {
  const first = applyChanges(emptyRun, changes.filter(({ atMs }) => atMs <= 0))
  const own = { runs: 2, batches: Array.from({ length: 9 }, () => ({ nodes: 1, minutes: 0.5 })), pools: [] }
  const left = timeLeft(first, 0, expectBatch(own, 1))
  expect(left?.basis).toBe('from 9 batches of 2 recorded runs and the vendor’s hint')
  expect(left?.highMs).toBeLessThan(timeLeft(first, 0)?.highMs ?? 0)
  expect(timeLeft(state, 11 * minute, expectBatch(own, 1))?.basis).toBe('from the batch that ended')
  expect(expectBatch({ runs: 0, batches: [], pools: [] }, 1)).toBeNull()
})

test('a batch that takes longer than any before never gives a negative rest', () => {
  expect(timeLeft(state, 500 * minute)?.lowMs).toBe(8 * minute)
})

test('a batch that is on for longer than any before, or than is expected, is overdue', () => {
  expect(timeLeft(state, 17 * minute)?.overdueBatch).toBeNull()
  expect(timeLeft(state, 18 * minute)).toMatchObject({ overdueBatch: 2, isMeasured: true })
  const first = foldRun(changes.filter(({ atMs }) => atMs <= 0))
  expect(timeLeft(first, 12 * minute)?.overdueBatch).toBeNull()
  expect(timeLeft(first, 13 * minute)).toMatchObject({ overdueBatch: 1, isMeasured: false })
})

/** Three nodes, each a batch of its own, by their statuses. */
const reading = (atMs: number, batch: number, ...statuses: string[]) => ({ atMs, sample: makeMigration({ batch, batches: 3, nodes: statuses.map((status, index) => ({ name: 'abc'.charAt(index), status })) }) })
const waits = 'TO_BE_REPLACED'

test('only batches that were seen from beginning to end tell how long one takes', () => {
  const own = (...readings: ReturnType<typeof reading>[]) => timeLeft(foldRun(recorded(readings)), 10 * minute)
  expect(own(reading(0, 1, 'REPLACED', waits, waits), reading(minute, 2, 'REPLACED', 'IN_PROGRESS', waits)), 'over at first sight').toMatchObject({ isMeasured: false })
  expect(own(reading(0, 1, 'IN_PROGRESS', waits, waits), reading(minute, 2, 'REPLACED', 'IN_PROGRESS', waits)), 'under way at first sight').toMatchObject({ isMeasured: false })
  expect(own(reading(0, 1, waits, waits, waits), reading(minute, 1, 'REPLACED', waits, waits)), 'between two readings').toMatchObject({ isMeasured: false })
  expect(own(reading(0, 1, 'IN_PROGRESS', waits, waits), reading(minute, 2, 'REPLACED', 'IN_PROGRESS', waits), reading(9 * minute, 2, 'REPLACED', 'REPLACED', waits))).toMatchObject({ lowMs: 8 * minute, highMs: 8 * minute, basis: 'from 1 batch seen from beginning to end' })
})

test('where the end of a batch fell into a gap the time left goes by the least and the most that it can have taken', () => {
  const before = recorded([reading(0, 1, waits, waits, waits), reading(minute, 1, 'IN_PROGRESS', waits, waits)])
  const after = diffMigration(foldRun(before), reading(0, 1, 'REPLACED', waits, waits).sample)
  const gone = foldRun([...before, ...stamp([{ kind: 'gap', body: { fromMs: 5 * minute, reason: 'Spot did not answer.' } }, ...after], before.length, 9 * minute)])
  expect(timeLeft(gone, 10 * minute)).toMatchObject({ lowMs: 2 * 4 * minute, highMs: 2 * 8 * minute, isMeasured: true })
})

test('a run met in the middle of a batch may have less of it left than what was seen of it leaves', () => {
  const met = foldRun(recorded([reading(0, 3, 'REPLACED', 'REPLACED', 'IN_PROGRESS')]))
  expect(timeLeft(met, minute)).toMatchObject({ lowMs: 0, highMs: 11 * minute })
})

test('the series has one point a moment and counts every node in each', () => {
  const points = runSeries(changes)
  expect(points.map(({ atMs, counts, podsLeft }) => [atMs / minute, counts.moved, counts.moving, counts.toGo, podsLeft])).toEqual([
    [-1, 0, 0, 3, 9],
    [0, 0, 1, 2, 9],
    [8, 1, 0, 2, 6],
    [9, 1, 1, 1, 6],
  ])
  for (const { counts } of points) expect(counts.total).toBe(3)
})

test('thinning keeps the first and the last point', () => {
  const thinned = thin(Array.from({ length: 5000 }, (_, index) => index), 300)
  expect(thinned).toHaveLength(300)
  expect([thinned[0], thinned.at(-1)]).toEqual([0, 4999])
})
