import { expect, test } from 'vitest'
import { momentAt, rehearsedBatches } from '@/components/wizard/rehearsal/moments'
import { factsWith, rehearsed } from '@/tests/factories/rehearsal'

const run = rehearsed(factsWith())
const batches = rehearsedBatches(run)

test('every node stands in one batch, and a batch lasts until its last node is settled', () => {
  expect(batches.map(({ nodes }) => nodes).flat().toSorted()).toEqual([0, 1])
  expect(batches).toHaveLength(run.batches)
  for (const { fromMs, untilMs } of batches) expect(untilMs).toBeGreaterThan(fromMs)
  expect(batches[1]?.fromMs).toBeGreaterThanOrEqual(batches[0]?.untilMs ?? Infinity)
})

test('at the launch all is to go, within the first batch one moves, and at the end all is as it came out', () => {
  expect(momentAt(run, batches, -1).counts).toMatchObject({ total: 2, toGo: 2 })
  const [first] = batches
  const during = momentAt(run, batches, (first?.fromMs ?? 0) + 1)
  expect(during.counts).toMatchObject({ moving: 1, toGo: 1, moved: 0 })
  expect(during.batches[0]).toMatchObject({ total: 1, moving: 1 })
  const end = momentAt(run, batches, run.durationMs)
  expect(end.counts).toMatchObject({ moved: 2, toGo: 0, moving: 0 })
  expect(end.newNodes).toBeGreaterThan(0)
  expect(end.pendingPods).toBe(0)
})
