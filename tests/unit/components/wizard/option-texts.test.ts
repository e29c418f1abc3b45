import { expect, test } from 'vitest'
import { batchLines, healthyLine, switchTexts } from '@/components/wizard/option-texts'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'

const facts = { nodes: 23, pods: 300, podsUnknownOn: 0, clusterNodes: 50 }

test('each switch states the default that the API documents', () => {
  for (const { name, byDefault } of switchTexts) expect(byDefault === 'on', name).toBe(defaultMigrationOptions[name])
})

test('every reading of the batch size has its line', () => {
  expect(batchLines(20, facts)).toEqual([
    'of the selection: 5 batches of 5 to 3',
    'as equal parts: 5 batches of 5 to 4',
    'of the cluster’s nodes: 3 batches of 10, 10, 3',
  ])
})

test('no batches are shown for a number that is not valid or a selection that is empty', () => {
  expect(batchLines(null, facts)).toBeNull()
  expect(batchLines(20, { ...facts, nodes: 0 })).toBeNull()
})

test('one node a batch makes any threshold all or nothing, and says so', () => {
  expect(healthyLine(50, 20, { ...facts, nodes: 5, clusterNodes: 5 })).toContain('the first failure ends the run')
  expect(healthyLine(50, 20, facts)).toContain('A batch of 10 nodes needs 5 healthy')
})
