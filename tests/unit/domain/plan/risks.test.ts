import { expect, test } from 'vitest'
import { risksOf } from '@/lib/domain/plan/risks'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'

const ids = (...args: Parameters<typeof risksOf>) => risksOf(...args).map(({ id }) => id)

test('the documented defaults terminate nodes and evict stand-alone pods', () => {
  expect(ids({ options: defaultMigrationOptions, nodes: 10, largestBatch: 2 })).toEqual(['terminates-nodes', 'evicts-standalone-pods'])
})

test('ignoring budgets and going all at once are risks of their own', () => {
  const options = { ...defaultMigrationOptions, respectPdb: false, shouldTerminateNodes: false, shouldEvictStandalonePods: false }
  expect(ids({ options, nodes: 10, largestBatch: 10 })).toEqual(['ignores-pdbs', 'all-at-once'])
})

test('one node in one batch is not called all at once', () => {
  const options = { ...defaultMigrationOptions, shouldTerminateNodes: false, shouldEvictStandalonePods: false }
  expect(ids({ options, nodes: 1, largestBatch: 1 })).toEqual([])
})

test('where Kubernetes was read, what is at risk is named, and what is not there is no risk', () => {
  const options = { ...defaultMigrationOptions, respectPdb: false, shouldTerminateNodes: false }
  const budget = { name: 'shop/web-pdb', disruptionsAllowed: 0, currentHealthy: 2, desiredHealthy: 2, pods: 3, refused: 3, nodes: ['a'], workloads: [] }
  const inTwo = { pods: [], nodes: [] }
  const sentences = (effects: Parameters<typeof risksOf>[0]['effects']) => risksOf({ options, nodes: 2, largestBatch: 1, effects }).map(({ sentence }) => sentence)
  expect(sentences({ standalone: { pods: ['shop/once', 'shop/twice'], nodes: ['a'] }, budgets: { all: [budget], refusing: [budget], inTwo, blockedNodes: ['a'] } })).toEqual([
    '2 pods that no controller owns are evicted and not started again by anyone: shop/once, shop/twice.',
    'Pod Disruption Budgets are ignored: a workload can lose all its replicas at the same time. 1 budget over pods here is not asked. 1 budget refuses now: shop/web-pdb.',
  ])
  expect(sentences({ standalone: { pods: [], nodes: [] }, budgets: { all: [], refusing: [], inTwo, blockedNodes: [] } })).toEqual([])
  expect(sentences({ standalone: null, budgets: null })).toEqual([expect.stringContaining('not read'), expect.stringContaining('Budgets are ignored')])
})
