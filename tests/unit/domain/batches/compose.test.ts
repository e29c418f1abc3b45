import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { batchModels, batchReadings } from '@/lib/domain/batches/batch-sizes'
import { composeBatches, interleaveByPool } from '@/lib/domain/batches/compose'

const node = (poolName: string, index: number) => ({
  nodeName: `aks-${poolName}-1-vmss${String(index).padStart(6, '0')}`,
  poolName,
  runningPods: 1,
})

describe('composition of batches', () => {
  test('each batch takes one node from each pool in turn', () => {
    const nodes = ['b', 'a', 'c'].flatMap((pool) => [0, 1, 2].map((index) => node(pool, index)))
    const [first, second] = composeBatches(nodes, [3, 3, 3])
    expect(first?.nodes.map(({ poolName }) => poolName)).toEqual(['a', 'b', 'c'])
    expect(second?.nodes.map(({ nodeName }) => nodeName.at(-1))).toEqual(['1', '1', '1'])
  })

  test('a pool that runs out leaves the rest in turn', () => {
    const nodes = [node('a', 0), node('b', 0), node('b', 1), node('b', 2)]
    expect(interleaveByPool(nodes).map(({ poolName }) => poolName)).toEqual(['a', 'b', 'b', 'b'])
  })

  test('batches partition the selection under every reading', () => {
    const selection = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(200)), { selector: ([pool, index]) => `${pool}${index}` })
    fc.assert(
      fc.property(selection, fc.integer({ min: 1, max: 100 }), fc.option(fc.integer({ min: 1, max: 900 })), (pairs, percentage, clusterNodes) => {
        const nodes = pairs.map(([pool, index]) => node(pool, index))
        const readings = batchReadings({ selected: nodes.length, percentage, clusterNodes })
        expect(new Set(readings.map(({ model }) => model))).toEqual(new Set(batchModels))
        for (const { sizes } of readings) {
          const names = composeBatches(nodes, sizes).flatMap((batch) => batch.nodes.map(({ nodeName }) => nodeName))
          expect([...names].sort()).toEqual(nodes.map(({ nodeName }) => nodeName).sort())
        }
      }),
    )
  })
})
