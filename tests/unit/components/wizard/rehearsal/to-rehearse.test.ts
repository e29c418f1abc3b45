import { expect, test } from 'vitest'
import { isSamePlan, toRehearse } from '@/components/wizard/rehearsal/to-rehearse'
import { batchReadings } from '@/lib/domain/batches/batch-sizes'
import type { PlanNode } from '@/lib/domain/plan/partition'

const options = { batchSizePercentage: 50, batchMinHealthyPercentage: 50, respectPdb: true, respectRestrictScaleDown: false, shouldTerminateNodes: true, shouldEvictStandalonePods: true }
const preferences = { ...options, comment: 'wave 1' }
const node = (nodeName: string) => ({ nodeName }) as PlanNode
const batches = [
  { number: 1, nodes: [node('a'), node('c')] },
  { number: 2, nodes: [node('b')] },
]
const readings = batchReadings({ selected: 3, percentage: 50, clusterNodes: 10 })
const nothingLearned = { state: 'none' as const, holds: [], runs: [] }
const planned = { batches, preferences, readings, learned: nothingLearned }

test('a plan is rehearsed in its own order, without its comment, and under every reading that is open', () => {
  expect(toRehearse(planned)).toEqual({ nodeNames: ['a', 'c', 'b'], options, readings: ['M1', 'M2', 'M2-floor', 'M3'] })
  expect(toRehearse({ ...planned, readings: batchReadings({ selected: 4, percentage: 50, clusterNodes: 10 }) })?.readings, 'parts that are equal').toEqual(['M1', 'M2', 'M3'])
  expect(toRehearse({ ...planned, learned: { ...nothingLearned, state: 'learned', holds: ['equal'] } })?.readings).toEqual(['M2', 'M2-floor'])
})

test('there is nothing to rehearse without nodes, or while a preference is faulty', () => {
  expect(toRehearse({ ...planned, batches: [] })).toBeNull()
  expect(toRehearse({ ...planned, preferences: null })).toBeNull()
})

test('another option, node or order is another plan; another comment is not', () => {
  const plan = toRehearse(planned)
  const others = [
    { ...planned, preferences: { ...preferences, respectPdb: false } },
    { ...planned, batches: batches.slice(0, 1) },
    { ...planned, batches: [...batches].reverse() },
  ]
  for (const other of others) expect(isSamePlan(toRehearse(other)!, plan!)).toBe(false)
  expect(isSamePlan(toRehearse({ ...planned, preferences: { ...preferences, comment: 'wave 2' } })!, plan!)).toBe(true)
})
