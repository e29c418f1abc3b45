import { describe, expect, test } from 'vitest'
import type { RunChange } from '@/lib/domain/progress/change'
import { diffMigration } from '@/lib/domain/progress/diff'
import { createKnownBy, replayMarks, replayMoments } from '@/lib/domain/progress/replay'
import { applyChanges, emptyRun, foldRun } from '@/lib/domain/progress/state'
import { makeMigration, stamp } from '@/tests/factories/migration'

const minute = 60_000
const at = (batch: number, nodes: [string, string][]) => makeMigration({ batch, batches: 2, nodes: nodes.map(([name, status]) => ({ name, status })) })
const samples = [
  { atMs: 0, sample: at(1, [['a', 'IN_PROGRESS'], ['b', 'IN_PROGRESS'], ['c', 'TO_BE_REPLACED']]) },
  { atMs: 5 * minute, sample: at(1, [['a', 'REPLACED'], ['b', 'COULD_NOT_BE_REPLACED'], ['c', 'TO_BE_REPLACED']]) },
  { atMs: 6 * minute, sample: at(2, [['a', 'REPLACED'], ['b', 'COULD_NOT_BE_REPLACED'], ['c', 'IN_PROGRESS']]) },
  { atMs: 9 * minute, sample: at(2, [['a', 'REPLACED'], ['b', 'COULD_NOT_BE_REPLACED'], ['c', 'NOT_REPLACED_DUE_TO_PDB']]) },
]

const changes: RunChange[] = []
let state = emptyRun
for (const { atMs, sample } of samples) {
  const next = stamp(diffMigration(state, sample), state.seq, atMs)
  changes.push(...next)
  state = applyChanges(state, next)
}

describe('the recording at a moment', () => {
  test('is what was known then, and no more', () => {
    const statuses = (atMs: number) => [...createKnownBy(changes)(atMs).state.nodes.values()].map(({ status }) => status)
    expect(statuses(5 * minute - 1)).toEqual(['IN_PROGRESS', 'IN_PROGRESS', 'TO_BE_REPLACED'])
    expect(statuses(5 * minute)).toEqual(['REPLACED', 'COULD_NOT_BE_REPLACED', 'TO_BE_REPLACED'])
    expect(statuses(99 * minute)).toEqual(['REPLACED', 'COULD_NOT_BE_REPLACED', 'NOT_REPLACED_DUE_TO_PDB'])
  })

  test('is nothing before the first reading', () => {
    expect(createKnownBy(changes)(-1)).toEqual({ changes: [], state: emptyRun })
  })

  test('is the same however one came to it in a long recording', () => {
    const body = { poolName: 'npweb', vngId: null, vngName: null, status: 'IN_PROGRESS', podNames: [], batch: 1 }
    const long = Array.from({ length: 1_300 }, (_, index): RunChange => ({ kind: 'node', seq: index + 1, atMs: index, body: { ...body, nodeName: `n-${index % 40}`, runningPods: index } }))
    const knownBy = createKnownBy(long)
    for (const atMs of [3, 499, 500, 1_299, 1_000, 700, 2]) expect(knownBy(atMs).state, `at ${atMs}`).toEqual(foldRun(long.slice(0, atMs + 1)))
  })

  test('keeps its order where a clock went back', () => {
    const back = changes.map((change, index) => ({ ...change, atMs: index === 1 ? 60 * minute : change.atMs }))
    expect(createKnownBy(back)(9 * minute).changes).toHaveLength(changes.length)
  })
})

test('moments to jump to are batches, failures and skips, named and in order', () => {
  expect(replayMarks(state).map(({ atMs, kind, label }) => [atMs / minute, kind, label])).toEqual([
    [0, 'batch', 'Batch 1 first seen'],
    [5, 'failed', 'b failed'],
    [6, 'batch', 'Batch 2 begins'],
    [9, 'skipped', 'c skipped'],
  ])
})

test('a moment stands once in the list to choose from, with all that it is, between the beginning and the end', () => {
  const marks = [
    { atMs: 0, kind: 'batch', label: 'Batch 1 begins' },
    { atMs: 5, kind: 'failed', label: 'b failed' },
    { atMs: 5, kind: 'skipped', label: 'c skipped' },
    { atMs: 9, kind: 'skipped', label: 'd skipped' },
  ] as const
  expect(replayMoments(marks, 0, 9)).toEqual([
    { atMs: 0, label: 'Beginning, Batch 1 begins' },
    { atMs: 5, label: 'b failed, c skipped' },
    { atMs: 9, label: 'End, d skipped' },
  ])
})

test('nodes that failed in the same reading are one moment', () => {
  const failed = applyChanges(emptyRun, stamp(diffMigration(emptyRun, at(1, [['a', 'COULD_NOT_BE_REPLACED'], ['b', 'COULD_NOT_BE_REPLACED']])), 0, 0))
  expect(replayMarks(failed).map(({ label }) => label)).toEqual(['Batch 1 first seen', '2 nodes failed'])
})
