import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { batchModels, batchReadings, batchSizes } from '@/lib/domain/batches/batch-sizes'
import { learnReading, openReadings, type RunEvidence } from '@/lib/domain/batches/learn'

const run = (over: Partial<RunEvidence>): RunEvidence => ({
  migrationId: 'scr-1',
  clusterId: 'o-1',
  startedAtMs: 0,
  selected: 23,
  percentage: 20,
  clusterNodes: 50,
  numOfBatches: 5,
  sizes: [],
  ...over,
})

describe('what one run shows', () => {
  test.each([
    ['the number of batches alone rules the cluster out', run({}), { fixed: 'yes', equal: 'yes', cluster: 'no' }],
    ['constant sizes', run({ sizes: [5, 5, 5, 5, 3] }), { fixed: 'yes', equal: 'no', cluster: 'no' }],
    ['equal parts', run({ sizes: [5, 5, 5, 4, 4] }), { fixed: 'no', equal: 'yes', cluster: 'no' }],
    ['equal parts, the larger ones in between', run({ sizes: [4, 5, 4, 5, 5] }), { fixed: 'no', equal: 'yes', cluster: 'no' }],
    ['sixteen nodes as the vendor’s own picture has them', run({ selected: 16, percentage: 15, numOfBatches: 7, sizes: [2, 2, 2, 3, 2, 2, 3] }), { fixed: 'no', equal: 'yes', cluster: 'no' }],
    ['a share of the cluster', run({ numOfBatches: 3, sizes: [10, 10, 3] }), { fixed: 'no', equal: 'no', cluster: 'yes' }],
    ['the first batches of a run that failed', run({ selected: 6, numOfBatches: 5, sizes: [2, 1] }), { fixed: 'no', equal: 'yes', cluster: 'no' }],
    ['a cluster that was not counted', run({ clusterNodes: null, numOfBatches: 3, sizes: [10, 10] }), { fixed: 'no', equal: 'no', cluster: 'unknown' }],
    ['a cluster that was not counted, and of no size would fit', run({ clusterNodes: null, sizes: [5, 5, 5, 4] }), { fixed: 'no', equal: 'yes', cluster: 'no' }],
    ['sizes that nothing gives are not held against anything', run({ sizes: [4, 6, 5, 5, 3] }), { fixed: 'yes', equal: 'yes', cluster: 'no' }],
    ['fewer batches than a reading gives', run({ selected: 6, numOfBatches: 3 }), { fixed: 'yes', equal: 'no', cluster: 'no' }],
    ['a number of batches that nothing gives', run({ numOfBatches: 9 }), { fixed: 'no', equal: 'no', cluster: 'no' }],
  ] as const)('%s', (_, evidence, fits) => {
    expect(learnReading([evidence]).runs[0]?.fits).toEqual(fits)
  })
})

describe('what several runs show together', () => {
  const constant = run({ sizes: [5, 5, 5, 5, 3] })
  const few = run({ migrationId: 'scr-2' })

  test('without runs, and with runs that tell nothing apart, nothing is learned', () => {
    expect(learnReading([])).toEqual({ state: 'none', holds: [], runs: [] })
    expect(learnReading([run({ selected: 1, clusterNodes: 1, numOfBatches: 1, sizes: [1] })]).state).toBe('none')
  })

  test('a reading holds when no run speaks against it', () => {
    expect(learnReading([few])).toMatchObject({ state: 'learned', holds: ['fixed', 'equal'] })
    expect(learnReading([few, constant])).toMatchObject({ state: 'learned', holds: ['fixed'] })
  })

  test('runs that agree on no reading teach none', () => {
    const equal = run({ sizes: [5, 5, 5, 4, 4] })
    expect(learnReading([constant, equal])).toMatchObject({ state: 'contradicted', holds: [] })
  })

  test('only readings that hold are drawn, and all of them while none is known to', () => {
    const readings = batchReadings({ selected: 6, percentage: 20, clusterNodes: null })
    expect(openReadings(readings, { holds: ['fixed'] }).map(({ model }) => model)).toEqual(['fixed'])
    expect(openReadings(readings, { holds: ['cluster'] })).toEqual([{ model: 'cluster', sizes: [6], isAssumed: true }])
    expect(openReadings(readings, { holds: [] })).toEqual(readings)
  })
})

test('the reading that a run was made by is never ruled out by it', () => {
  const input = fc.record({
    model: fc.constantFrom(...batchModels),
    selected: fc.integer({ min: 1, max: 300 }),
    percentage: fc.integer({ min: 1, max: 100 }),
    clusterNodes: fc.integer({ min: 300, max: 900 }),
    isCounted: fc.boolean(),
    done: fc.nat(20),
  })
  fc.assert(
    fc.property(input, ({ model, isCounted, done, ...value }) => {
      const sizes = batchSizes(model, value) ?? []
      const learned = learnReading([run({ ...value, clusterNodes: isCounted ? value.clusterNodes : null, numOfBatches: sizes.length, sizes: sizes.slice(0, done) })])
      expect(learned.state === 'none' || learned.holds.includes(model)).toBe(true)
    }),
  )
})
