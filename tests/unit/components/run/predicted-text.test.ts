import { expect, test } from 'vitest'
import { predictedText } from '@/components/run/predicted-text'
import { emptyRun, type NodeState } from '@/lib/domain/progress/state'

const names = ['a', 'b', 'c', 'd', 'e']
const predicted = { order: names, readings: [{ model: 'fixed' as const, sizes: [1, 1, 1, 1, 1] }] }
const stateWith = (batches: (number | null)[], numOfBatches: number | null) => ({
  nodes: new Map(batches.map((batch, index) => [names[index] ?? '', { nodeName: names[index], batch } as NodeState])),
  facts: { ...(emptyRun.facts ?? {}), numOfBatches } as NonNullable<typeof emptyRun.facts>,
})
const told = (batches: (number | null)[], numOfBatches: number | null = 5) => predictedText({ predicted }, stateWith(batches, numOfBatches))

test('says that it went as foreseen, and by which reading', () => {
  expect(told([1, 2, null])).toBe('2 nodes seen in a batch, each in the one that was predicted before the launch, read as a percentage of the selection.')
  expect(told([1], 4)).toMatch(/Spot has 4 batches, and 5 were predicted\.$/)
})

test('names the nodes that were in another batch, the first of them', () => {
  expect(told([1, 3])).toBe('1 of 2 nodes seen in another batch than predicted before the launch, read as a percentage of the selection: b (predicted 2, seen 3).')
  expect(told([2, 3, 4, 5, 5])).toContain('4 of 5 nodes seen in another batch than predicted before the launch, read as a percentage of the selection: a (predicted 1, seen 2), b (predicted 2, seen 3), c (predicted 3, seen 4) and 1 more.')
})

test('says nothing of a run without a prediction, or before anything was seen', () => {
  expect(predictedText({}, stateWith([1], 5))).toBeNull()
  expect(told([null])).toBeNull()
})
