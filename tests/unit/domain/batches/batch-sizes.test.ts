import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  batchReadings,
  batchSizes,
  healthyNeeded,
  readingsDiffer,
  shapeOf,
  sizeVariants,
  worstReading,
} from '@/lib/domain/batches/batch-sizes'

describe('batch sizes under the documented readings', () => {
  test.each([
    { selected: 23, percentage: 20, fixed: [5, 5, 5, 5, 3], equal: [5, 5, 5, 4, 4], cluster: null, clusterNodes: null },
    { selected: 23, percentage: 20, fixed: [5, 5, 5, 5, 3], equal: [5, 5, 5, 4, 4], cluster: [5, 5, 5, 5, 3], clusterNodes: 24 },
    { selected: 5, percentage: 20, fixed: [1, 1, 1, 1, 1], equal: [1, 1, 1, 1, 1], cluster: [5], clusterNodes: 50 },
    { selected: 6, percentage: 20, fixed: [2, 2, 2], equal: [2, 1, 1, 1, 1], cluster: [6], clusterNodes: 50 },
    { selected: 10, percentage: 33, fixed: [4, 4, 2], equal: [3, 3, 2, 2], cluster: null, clusterNodes: null },
    { selected: 1, percentage: 1, fixed: [1], equal: [1], cluster: [1], clusterNodes: 1 },
    { selected: 4, percentage: 100, fixed: [4], equal: [4], cluster: [4], clusterNodes: 9 },
    { selected: 0, percentage: 20, fixed: [], equal: [], cluster: [], clusterNodes: 50 },
  ])('$selected nodes at $percentage % in a cluster of $clusterNodes', ({ fixed, equal, cluster, ...input }) => {
    expect(batchSizes('fixed', input)).toEqual(fixed)
    expect(batchSizes('equal', input)).toEqual(equal)
    expect(batchSizes('cluster', input)).toEqual(cluster)
  })

  test('the larger of equal parts come first or are spread', () => {
    expect(sizeVariants('equal', { selected: 6, percentage: 20, clusterNodes: 50 })).toEqual([[2, 1, 1, 1, 1], [1, 1, 1, 1, 2]])
    expect(sizeVariants('equal', { selected: 16, percentage: 15, clusterNodes: 50 })[1]).toEqual([2, 2, 2, 3, 2, 2, 3])
    expect(sizeVariants('equal', { selected: 10, percentage: 20, clusterNodes: 50 })).toEqual([[2, 2, 2, 2, 2]])
  })

  test('a cluster whose nodes were not counted may be so large that all go at once', () => {
    const readings = batchReadings({ selected: 30, percentage: 20, clusterNodes: null })
    expect(worstReading(readings)).toEqual({ model: 'cluster', sizes: [30], isAssumed: true })
  })

  test('sizes always add up to the selection and are never zero', () => {
    const input = fc.record({
      selected: fc.integer({ min: 1, max: 3000 }),
      percentage: fc.integer({ min: 1, max: 100 }),
      clusterNodes: fc.option(fc.integer({ min: 1, max: 5000 })),
    })
    fc.assert(
      fc.property(input, (value) => {
        for (const { sizes } of batchReadings(value)) {
          expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(value.selected)
          expect(Math.min(...sizes)).toBeGreaterThan(0)
        }
      }),
    )
  })

  test('the worst case is the reading with the largest batch', () => {
    const readings = batchReadings({ selected: 6, percentage: 20, clusterNodes: 50 })
    expect(worstReading(readings)).toEqual({ model: 'cluster', sizes: [6] })
    expect(readingsDiffer(readings)).toBe(true)
  })

  test('readings that give the same batches do not differ', () => {
    expect(readingsDiffer(batchReadings({ selected: 5, percentage: 20, clusterNodes: 5 }))).toBe(false)
  })
})

describe('shapes of a run that people regret', () => {
  const shape = (selected: number, percentage: number, clusterNodes: number | null) => shapeOf(batchReadings({ selected, percentage, clusterNodes }))

  test('everything at once under one reading, and batches of one node under another', () => {
    expect(shape(6, 20, 50)).toEqual({ allAtOnce: ['cluster'], single: [{ model: 'equal', single: 4, batches: 5 }] })
    expect(shape(30, 20, null).allAtOnce).toEqual(['cluster'])
    expect(shape(4, 100, 9).allAtOnce).toEqual(['fixed', 'equal', 'cluster'])
  })

  test('a last batch of one node', () => {
    expect(shape(21, 20, 21).single).toEqual([
      { model: 'fixed', single: 1, batches: 5 },
      { model: 'cluster', single: 1, batches: 5 },
    ])
  })

  test('a single node, and batches of several, are neither', () => {
    expect(shape(1, 20, 50)).toEqual({ allAtOnce: [], single: [] })
    expect(shape(20, 20, 20)).toEqual({ allAtOnce: [], single: [] })
  })
})

describe('healthy nodes needed', () => {
  test.each([
    [1, 50, 1],
    [2, 50, 1],
    [2, 60, 2],
    [3, 50, 2],
    [3, 66, 2],
    [3, 67, 3],
    [5, 50, 3],
    [5, 60, 3],
    [5, 80, 4],
    [10, 50, 5],
    [10, 80, 8],
  ])('a batch of %i at %i %% needs %i', (size, threshold, needed) => {
    expect(healthyNeeded(size, threshold)).toBe(needed)
  })
})
