import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
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

  test('batches partition the selection', () => {
    const selection = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(200)), { selector: ([pool, index]) => `${pool}${index}`, minLength: 1 })
    fc.assert(
      fc.property(selection, fc.integer({ min: 1, max: 9 }), (pairs, size) => {
        const nodes = pairs.map(([pool, index]) => node(pool, index))
        const sizes = Array.from({ length: Math.ceil(nodes.length / size) }, (_, i) => Math.min(size, nodes.length - i * size))
        const names = composeBatches(nodes, sizes).flatMap((batch) => batch.nodes.map(({ nodeName }) => nodeName))
        expect([...names].sort()).toEqual(nodes.map(({ nodeName }) => nodeName).sort())
      }),
    )
  })
})
