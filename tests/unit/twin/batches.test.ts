import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inTurn, sizesOf } from '@/lib/twin/batches'

describe('batch sizes of the twin', () => {
  test.each([
    ['M1', 23, 20, 50, [5, 5, 5, 5, 3]],
    ['M1', 5, 20, 50, [1, 1, 1, 1, 1]],
    ['M1', 6, 20, 50, [2, 2, 2]],
    ['M1', 10, 33, 50, [4, 4, 2]],
    ['M2', 23, 20, 50, [5, 5, 5, 4, 4]],
    ['M2', 5, 20, 50, [1, 1, 1, 1, 1]],
    ['M2', 6, 20, 50, [2, 1, 1, 1, 1]],
    ['M2', 10, 33, 50, [3, 3, 2, 2]],
    ['M2-floor', 16, 15, 50, [2, 2, 2, 3, 2, 2, 3]],
    ['M2-floor', 23, 20, 50, [4, 5, 4, 5, 5]],
    ['M2-floor', 6, 20, 50, [1, 1, 1, 1, 2]],
    ['M3', 5, 20, 50, [5]],
    ['M3', 6, 20, 50, [6]],
    ['M3', 23, 20, 24, [5, 5, 5, 5, 3]],
  ] as const)('reading %s of %i nodes at %i%% in a cluster of %i is %j', (reading, selected, percentage, cluster, sizes) => {
    expect(sizesOf(reading, selected, percentage, cluster)).toEqual(sizes)
  })

  test('sizes are positive and add up to the selection under every reading', () => {
    fc.assert(
      fc.property(fc.constantFrom('M1', 'M2', 'M2-floor', 'M3'), fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 100 }), fc.nat(500), (reading, selected, percentage, more) => {
        const sizes = sizesOf(reading, selected, percentage, selected + more)
        expect(sizes.every((size) => size > 0)).toBe(true)
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(selected)
      }),
    )
  })

  test('nodes are taken from the pools in turn', () => {
    const items = ['a1', 'a2', 'a3', 'b1', 'c1', 'c2'].map((name) => ({ name, poolName: name.charAt(0) }))
    expect(inTurn(items).map(({ name }) => name)).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3'])
  })
})
