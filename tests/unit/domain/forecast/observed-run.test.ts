import { expect, test } from 'vitest'
import { evidenceOf, timesOf } from '@/lib/domain/forecast/observed-run'
import { diffMigration } from '@/lib/domain/progress/diff'
import { applyChanges, emptyRun, type RunState } from '@/lib/domain/progress/state'
import { makeMigration, stamp } from '@/tests/factories/migration'

type Sample = { atMin: number; batch: number; status?: string; nodes: Record<string, string> }

const about = { migrationId: 'scr-1', clusterId: 'o-1', startedAtMs: 0, clusterNodes: null, percentage: 34 }

const fold = (samples: readonly Sample[]): RunState =>
  samples.reduce((state, { atMin, batch, status, nodes }) => {
    const migration = makeMigration({ batch, batches: 2, ...(status === undefined ? {} : { status }), nodes: Object.entries(nodes).map(([name, each]) => ({ name, status: each })) })
    return applyChanges(state, stamp(diffMigration(state, migration), state.seq, atMin * 60_000))
  }, emptyRun)

const wholeRun: Sample[] = [
  { atMin: -1, batch: 1, nodes: { a: 'TO_BE_REPLACED', b: 'TO_BE_REPLACED', c: 'TO_BE_REPLACED' } },
  { atMin: 0, batch: 1, nodes: { a: 'IN_PROGRESS', b: 'IN_PROGRESS', c: 'TO_BE_REPLACED' } },
  { atMin: 8, batch: 1, nodes: { a: 'REPLACED', b: 'NOT_REPLACED_DUE_TO_PDB', c: 'TO_BE_REPLACED' } },
  { atMin: 9, batch: 2, nodes: { a: 'REPLACED', b: 'NOT_REPLACED_DUE_TO_PDB', c: 'IN_PROGRESS' } },
  { atMin: 15, batch: 2, status: 'COMPLETED', nodes: { a: 'REPLACED', b: 'NOT_REPLACED_DUE_TO_PDB', c: 'REPLACED' } },
]

test('a run that is over shows its batches and what its nodes took', () => {
  expect(evidenceOf(fold(wholeRun), about)).toEqual({ ...about, selected: 3, numOfBatches: 2, sizes: [2, 1] })
  const times = timesOf(fold(wholeRun))
  expect(times.batches).toEqual([{ nodes: 1, minutes: 8 }, { nodes: 1, minutes: 6 }])
  expect(times.nodes.map(({ minutes }) => minutes)).toEqual([8, 6])
  expect(timesOf(fold(wholeRun.slice(1))).batches, 'the first was under way when it was met').toEqual([{ nodes: 1, minutes: 6 }])
})

test('a run that ended early shows only the batches before the last', () => {
  const failed = fold([...wholeRun.slice(0, 3), { atMin: 12, batch: 2, status: 'FAILED', nodes: { a: 'REPLACED', b: 'NOT_REPLACED_DUE_TO_PDB', c: 'DID_NOT_REPLACE' } }])
  expect(evidenceOf(failed, about)).toMatchObject({ numOfBatches: 2, sizes: [2] })
})

test('the batch in which a run ended early was not seen whole', () => {
  const nodes = { a: 'REPLACED', b: 'REPLACED', d: 'TO_BE_REPLACED' }
  const failed = fold([
    { atMin: 0, batch: 1, nodes: { a: 'IN_PROGRESS', b: 'IN_PROGRESS', c: 'TO_BE_REPLACED', d: 'TO_BE_REPLACED' } },
    { atMin: 9, batch: 2, nodes: { ...nodes, c: 'IN_PROGRESS' } },
    { atMin: 12, batch: 2, status: 'FAILED', nodes: { ...nodes, c: 'COULD_NOT_BE_REPLACED', d: 'DID_NOT_REPLACE' } },
  ])
  expect(evidenceOf(failed, about)).toMatchObject({ sizes: [2] })
})

test('a run that goes on, or of an unknown percentage, shows nothing', () => {
  expect(evidenceOf(fold(wholeRun.slice(0, 4)), about)).toBeNull()
  expect(evidenceOf(fold(wholeRun), { ...about, percentage: null })).toBeNull()
})

test('sizes that nobody watched without a gap are left out', () => {
  const state = { ...fold(wholeRun), gaps: [{ fromMs: 0, untilMs: 60_000, reason: 'away' }] }
  expect(evidenceOf(state, about)).toMatchObject({ numOfBatches: 2, sizes: [] })
})
