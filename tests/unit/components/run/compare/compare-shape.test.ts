import { expect, test } from 'vitest'
import { comparedFacts, comparedNodes, comparedRun, sharedCounts } from '@/components/run/compare/compare-shape'
import { batchText } from '@/components/run/node-rows'
import type { RunRecord } from '@/lib/contract/run'
import type { RunChange } from '@/lib/domain/progress/change'
import { diffMigration } from '@/lib/domain/progress/diff'
import { emptyRun } from '@/lib/domain/progress/state'
import { makeMigration, stamp } from '@/tests/factories/migration'

const recordOf = (migrationId: string, respectPdb: boolean, nodes: { name: string; status: string }[], status = 'COMPLETED'): RunRecord => ({
  run: { migrationId, clusterId: 'o-1', status, comment: '', startedBy: 'ada', source: 'slipway', startedAtMs: 0, endedAtMs: 60_000, currentBatch: 1, numOfBatches: 1 },
  options: { batchSizePercentage: 20, batchMinHealthyPercentage: 50, respectPdb, respectRestrictScaleDown: null, shouldTerminateNodes: true, shouldEvictStandalonePods: true },
  changes: stamp(diffMigration(emptyRun, makeMigration({ status, batch: 1, batches: 1, nodes })), 0, 1000) as RunChange[],
  seq: 9,
  freshness: { state: 'ended', lastPolledAtMs: 1, nextPollAtMs: null, problem: null },
  serverNowMs: 100_000,
})

const first = comparedRun(recordOf('scr-1', true, [{ name: 'a', status: 'REPLACED' }, { name: 'b', status: 'NOT_REPLACED_DUE_TO_PDB' }, { name: 'gone', status: 'REPLACED' }]))
const second = comparedRun(recordOf('scr-2', false, [{ name: 'a', status: 'REPLACED' }, { name: 'b', status: 'REPLACED' }, { name: 'new', status: 'REPLACED' }]))

test('a node differs where both runs had it and it ended differently; those of one run alone are counted apart', () => {
  expect(sharedCounts(comparedNodes(first, second))).toEqual({ inBoth: 2, onlyA: 1, onlyB: 1, withoutEnd: 0 })
  expect(comparedNodes(first, second).map(({ nodeName, a, b, differs }) => [nodeName, a?.outcome ?? null, b?.outcome ?? null, differs])).toEqual([
    ['a', 'moved', 'moved', false],
    ['b', 'skipped', 'moved', true],
    ['gone', 'moved', null, false],
    ['new', null, 'moved', false],
  ])
})

test('no end is compared that nobody knows, or that is still to come, and one end in two spellings is one', () => {
  const names = ['a', 'b', 'c', 'd']
  const run = (status: string, statuses: string[]) => comparedRun(recordOf('scr-4', true, statuses.map((each, index) => ({ name: names[index] ?? '', status: each })), status))
  const ended = run('COMPLETED', ['REPLACED', 'REPLACED', 'TO_BE_REPLACED', 'MELTED'])
  const on = run('IN_PROGRESS', ['IN_PROGRESS', 'replaced', 'TO_BE_REPLACED', 'REPLACED'])
  for (const other of [on, run('DELETED', ['IN_PROGRESS', 'replaced', 'TO_BE_REPLACED', 'REPLACED'])]) {
    const nodes = comparedNodes(ended, other)
    expect(nodes.map(({ differs }) => differs)).toEqual([false, false, false, false])
    expect(sharedCounts(nodes)).toMatchObject({ inBoth: 4, withoutEnd: 3 })
  }
  const facts = new Map(comparedFacts(ended, on, 100_000).map(({ label, b }) => [label, b]))
  expect([facts.get('Took'), facts.get('Pods pending at the end')]).toEqual(['not over yet', 'not over yet'])
  expect(comparedFacts(ended, run('DELETED', ['REPLACED']), 100_000).find(({ label }) => label === 'Took')?.b).toBe('not known')
})

test('what nobody saw of a run is not made a nought or a place', () => {
  const { run, ...rest } = recordOf('scr-3', true, [{ name: 'a', status: 'REPLACED' }, { name: 'b', status: 'DID_NOT_REPLACE' }])
  const apiOnly = comparedRun({ ...rest, run: { ...run, source: 'api', startedBy: null } })
  const facts = new Map(comparedFacts(first, apiOnly, 100_000).map(({ label, b }) => [label, b]))
  expect([facts.get('Vanished'), facts.get('Started by'), facts.get('Pods that left moved nodes'), facts.get('A batch took, median')]).toEqual(['unknown', 'not known', 'unknown', 'not seen'])
  expect(apiOnly.nodes.map(batchText), 'the second may have been begun').toEqual(['1', 'not seen'])
})

test('facts say side by side what differs, and what is not known is not made equal to a no', () => {
  const facts = new Map(comparedFacts(first, second, 100_000).map((fact) => [fact.label, fact]))
  expect(facts.get('Respects PDBs')).toMatchObject({ a: 'yes', b: 'no', differs: true })
  expect(facts.get('Respects restrict scale down')).toMatchObject({ a: 'not said', differs: false })
  expect(facts.get('Skipped')).toMatchObject({ a: '1', b: '0', differs: true })
  expect(facts.get('Took')).toMatchObject({ a: '1 min 00 s', differs: false })
})
