import { expect, test } from 'vitest'
import type { KubeAutoscaler } from '@/lib/domain/kube-facts'
import { aroundOf, cameSince } from '@/lib/domain/plan/around'
import { poolScalingOf, type PoolScaling } from '@/lib/domain/plan/pool-scaling'
import { planFacts } from './build'

const readAtMs = 10_000_000
const read = (...items: KubeAutoscaler[]) => poolScalingOf({ state: 'read', items, readAtMs })
const web = { name: 'aks-npweb-25398592-vmss', minSize: 1, maxSize: 9 }

test('scale sets are told as the pools that they are', () => {
  const groups = [web, { name: 'aksnpwin', minSize: null, maxSize: null }, { name: 'aks-my-own-1234-vmss', minSize: 0, maxSize: 3 }, { name: 'something else', minSize: 0, maxSize: 3 }]
  expect(read({ writtenAtMs: readAtMs, groups })).toEqual({
    state: 'active',
    pools: [
      { poolName: 'my-own', minCount: 0, maxCount: 3 },
      { poolName: 'npweb', minCount: 1, maxCount: 9 },
      { poolName: 'npwin', minCount: null, maxCount: null },
      { poolName: 'something else', minCount: 0, maxCount: 3 },
    ],
  })
})

test('what was not read, what is not there and what has fallen silent are three things', () => {
  expect(poolScalingOf(null)).toEqual({ state: 'not-read', why: null })
  expect(poolScalingOf({ state: 'failed', sentence: 'No.', remedy: 'Ask.' })).toEqual({ state: 'not-read', why: 'No. Ask.' })
  expect(read()).toEqual({ state: 'absent' })
  expect(read({ writtenAtMs: readAtMs - 600_000, groups: [] })).toEqual({ state: 'active', pools: [] })
  expect(read({ writtenAtMs: readAtMs - 600_001, groups: [web] })).toEqual({ state: 'stale', writtenAtMs: readAtMs - 600_001 })
  expect(read({ writtenAtMs: null, groups: [web] })).toEqual({ state: 'stale', writtenAtMs: null })
})

test('a pool that is scaled since the review is asked about, one that no longer is is not', () => {
  const around = (poolScaling: PoolScaling) => aroundOf(planFacts({ kubernetes: { ...planFacts().kubernetes, poolScaling } }))
  const active = around(read({ writtenAtMs: readAtMs, groups: [web] }))
  expect(cameSince(around({ state: 'absent' }), active)).toEqual([{ around: 'scaled-pools', names: ['npweb (1 to 9 nodes)'] }])
  expect(cameSince(active, around({ state: 'absent' }))).toEqual([])
  expect(around({ state: 'stale', writtenAtMs: 1 })['scaled-pools'], 'not known is not none').toBeUndefined()
})
