import { describe, expect, test } from 'vitest'
import { estimateTime, poolTimes, type OwnTimes } from '@/lib/domain/forecast/estimate'

const batches = (...pools: string[]) => pools.map((poolName) => ({ nodes: [{ poolName }] }))
const none: OwnTimes = { runs: 0, batches: [], pools: [] }
const own = (minutes: readonly number[], pools: OwnTimes['pools'] = []): OwnTimes => ({ runs: 2, batches: minutes.map((each) => ({ nodes: 1, minutes: each })), pools })
/** Many batches of one size, so that the hint hardly counts. */
const manyOf = (nodes: number, minutes: number): OwnTimes['batches'] => Array.from({ length: 600 }, () => ({ nodes, minutes }))
const batchOf = (nodes: number) => [{ nodes: Array.from({ length: nodes }, () => ({ poolName: 'a' })) }]
const pool = (poolName: string, medianMinutes: number, nodes = 9) => ({ poolName, nodes, lowMinutes: medianMinutes, medianMinutes, highMinutes: medianMinutes })

describe('how long a run may take', () => {
  test('without history the vendor’s hint is all there is, over every reading', () => {
    expect(estimateTime([batches('a', 'a', 'a'), batches('a', 'a', 'a', 'a', 'a')], none)).toMatchObject({ lowMinutes: 15, highMinutes: 75, basis: expect.stringContaining('hint') })
    expect(estimateTime([], none)).toBeNull()
  })

  test('a few batches of one’s own move the range, many decide it', () => {
    expect(estimateTime([batches('a')], own([4, 4, 4]))).toMatchObject({ lowMinutes: 5, highMinutes: 10 })
    expect(estimateTime([batches('a')], own(Array.from({ length: 300 }, () => 4)))).toMatchObject({ lowMinutes: 4, highMinutes: 4 })
  })

  test('one odd batch in twenty does not widen the range', () => {
    const rest = Array.from({ length: 19 }, () => 4)
    const usual = estimateTime([batches('a')], own([...rest, 4]))
    expect(estimateTime([batches('a')], own([...rest, 90]))).toMatchObject({ highMinutes: usual?.highMinutes })
  })

  test('of two batches the longer one counts as well', () => {
    expect(estimateTime([batches('a')], own([5, 40]))).toMatchObject({ highMinutes: 24 })
  })

  test('batches of the planned size count, and not those of others', () => {
    const known = { ...none, runs: 2, batches: [...manyOf(2, 4), ...manyOf(40, 20)] }
    expect(estimateTime([batchOf(2)], known)).toMatchObject({ lowMinutes: 4, highMinutes: 4 })
    expect(estimateTime([batchOf(40)], known)).toMatchObject({ lowMinutes: 20, highMinutes: 20, basis: expect.stringContaining('of 2 to 40 nodes each') })
  })

  test('a batch of a size that was never seen has a wider range, and the basis says so', () => {
    const known = { ...none, runs: 2, batches: manyOf(2, 8) }
    expect(estimateTime([batchOf(2)], known)?.basis).not.toContain('wider')
    expect(estimateTime([batchOf(4)], known)).toMatchObject({ lowMinutes: 8, highMinutes: 10, basis: expect.stringContaining('of 2 nodes each, and the vendor’s hint of about 10 minutes a batch; batches here are of 4 nodes, so the range is wider') })
    expect(estimateTime([batchOf(128)], known)).toMatchObject({ lowMinutes: 8, highMinutes: 20 })
    expect(estimateTime([batchOf(1)], known)).toMatchObject({ lowMinutes: 6, highMinutes: 8 })
  })

  test('a batch waits for its slowest pool, and the estimate names it', () => {
    const known = own(Array.from({ length: 300 }, () => 5), [pool('fast', 4), pool('usual', 5), pool('slow', 10)])
    expect(estimateTime([batches('usual')], known)).toMatchObject({ lowMinutes: 5, slowPools: [] })
    expect(estimateTime([batches('fast')], known)).toMatchObject({ lowMinutes: 5 })
    const slow = estimateTime([[{ nodes: [{ poolName: 'fast' }, { poolName: 'slow' }] }]], known)
    expect(slow).toMatchObject({ lowMinutes: 10, basis: expect.stringContaining('longer where slow is in a batch') })
    expect(slow?.slowPools.map(({ poolName }) => poolName)).toEqual(['slow'])
  })

  test('a pool of which too little was seen slows nothing', () => {
    const known = own([5], [pool('usual', 5), pool('slow', 50, 2)])
    expect(estimateTime([batches('slow')], known)).toEqual(estimateTime([batches('other')], known))
  })
})

test('times of pools are the middle of what was seen', () => {
  const nodes = Array.from({ length: 11 }, (_, index) => ({ poolName: 'web', minutes: 11 - index }))
  expect(poolTimes([...nodes, { poolName: 'api', minutes: 3 }])).toEqual([
    { poolName: 'api', nodes: 1, lowMinutes: 3, medianMinutes: 3, highMinutes: 3 },
    { poolName: 'web', nodes: 11, lowMinutes: 2, medianMinutes: 6, highMinutes: 10 },
  ])
})
