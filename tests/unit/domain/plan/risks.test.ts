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
