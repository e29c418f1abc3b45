import { expect, test } from 'vitest'
import { batchReadings } from '@/lib/domain/batches/batch-sizes'
import { takeBatches, interleaveByPool } from '@/lib/domain/batches/compose'
import { closestPrediction, predictBatches, predictedBatches } from '@/lib/domain/batches/predicted'

const nodes = ['a1', 'a2', 'a3', 'b1', 'b2', 'b3'].map((nodeName) => ({ nodeName, poolName: nodeName.charAt(0), runningPods: null }))
const readings = batchReadings({ selected: 6, percentage: 20, clusterNodes: 50 })
const predicted = predictBatches(nodes, readings)
const seen = (batches: Record<string, number | null>) => Object.entries(batches).map(([nodeName, batch]) => ({ nodeName, batch }))
/** Every node in the batch in which this reading would have it. */
const asRead = (index: number) => takeBatches(interleaveByPool(nodes), readings[index]?.sizes ?? []).flatMap((batch) => batch.nodes.map(({ nodeName }) => ({ nodeName, batch: batch.number })))

test('one order is kept, and what each open reading makes of it', () => {
  expect(predictedBatches.parse(JSON.parse(JSON.stringify(predicted)))).toEqual(predicted)
  expect(predicted.order).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3'])
  expect(predicted.readings).toEqual([{ model: 'fixed', sizes: [2, 2, 2] }, { model: 'equal', sizes: [2, 1, 1, 1, 1] }, { model: 'equal', sizes: [1, 1, 1, 1, 2] }, { model: 'cluster', sizes: [6] }])
})

test('what was seen is held against the reading that comes closest', () => {
  for (const [index, { model, sizes }] of readings.entries()) expect(closestPrediction(predicted, asRead(index), sizes.length)).toEqual({ model, batches: sizes.length, seen: 6, others: [] })
  expect(closestPrediction(predicted, seen({ a1: 1, b1: 1, a2: 2, b2: 3 }), 3)).toEqual({ model: 'fixed', batches: 3, seen: 4, others: [{ nodeName: 'b2', predicted: 2, seen: 3 }] })
})

test('the number of batches decides between readings that fit alike', () => {
  expect(closestPrediction(predicted, seen({ a1: 1 }), 5)?.model).toBe('equal')
  expect(closestPrediction(predicted, seen({ a1: 1 }), 1)?.model).toBe('cluster')
  expect(closestPrediction(predicted, seen({ a1: 1 }), 9)).toMatchObject({ model: 'fixed', batches: 3 })
})

test('nodes that nobody saw in a batch, and nodes that nobody foresaw, say nothing', () => {
  expect(closestPrediction(predicted, seen({ a1: null, zz: 1 }), 3)).toBeNull()
  expect(closestPrediction(predicted, seen({ a1: 1, b1: null, zz: 1 }), 3)).toMatchObject({ seen: 1, others: [] })
  expect(closestPrediction({ order: [], readings: [] }, seen({ a1: 1 }), 3)).toBeNull()
})
