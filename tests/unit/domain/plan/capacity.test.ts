import { describe, expect, test } from 'vitest'
import { capacityOf } from '@/lib/domain/plan/capacity'
import { allowedSizes } from '@/lib/domain/matching/allowed-sizes'
import type { PlanFacts } from '@/lib/domain/plan/facts'
import { largestSize } from '@/lib/domain/plan/largest-size'
import { vngSpec } from '@/lib/spot/schemas/vng'
import { landing, node, planFacts } from './build'

const filtersOf = (filters: Record<string, unknown>) => vngSpec.parse({ vmSizes: { filters } }).vmSizes?.filters
const four = ['a', 'b', 'c', 'd'].map((name) => node(name))
const all = new Set(['a', 'b', 'c', 'd'])
const rowOf = (id: string, change: Partial<PlanFacts>) => capacityOf(all, planFacts({ nodes: four, ...change })).rows.find((row) => row.id === id)

describe('room in a group', () => {
  test.each([
    ['each finds a place', { maxCount: 6 }, 'fits'],
    ['one less than one for one', { maxCount: 5 }, 'tight'],
    ['as few as the requests need', { maxCount: 4 }, 'tight'],
    ['fewer than the requests need', { maxCount: 3 }, 'does-not-fit'],
    ['smaller sizes only', { maxCount: 5, maxVCpu: 2 }, 'does-not-fit'],
    ['no limit to hold it against', { maxCount: null }, 'unknown'],
  ] as const)('%s', (_, change, verdict) => {
    expect(rowOf('vng-web', { landings: [landing(change)] })).toMatchObject({ now: 2, alike: 4, verdict })
  })

  test('memory decides where it is what runs out', () => {
    const heavy = four.map((each) => ({ ...each, requested: { milliCpu: 100, memoryMiB: 28 * 1024 } }))
    expect(rowOf('vng-web', { nodes: heavy, landings: [landing({ maxCount: 5 })] })).toMatchObject({ least: 4, verdict: 'does-not-fit' })
  })

  test('requests that were not read leave a narrow group open, and say nothing against a wide one', () => {
    const unread = four.map((each) => ({ ...each, requested: null }))
    expect(rowOf('vng-web', { nodes: unread, landings: [landing({ maxCount: 5 })] })).toMatchObject({ least: null, verdict: 'unknown' })
    expect(rowOf('vng-web', { nodes: unread })).toMatchObject({ verdict: 'fits' })
  })

  test('nodes that were not counted leave every limit open', () => {
    const rows = capacityOf(all, planFacts({ nodes: four, limits: null })).rows
    expect(new Set(rows.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
  })

  test('only groups that something leads to are told, with what leads there', () => {
    const nodes = [node('a'), node('b', { landing: 1 }), node('c', { landing: null })]
    const { rows } = capacityOf(new Set(['a', 'b']), planFacts({ nodes, landings: [landing(), landing({ vngId: null, name: 'Default' }), landing({ vngId: 'vng-idle' })] }))
    expect(rows.map(({ id, alike, verdict }) => [id, alike, verdict])).toEqual([['vng-web', 1, 'fits'], ['default', 1, 'fits'], ['cluster-vcpu', 16, 'fits'], ['cluster-memory', 56, 'fits']])
  })
})

describe('room in the cluster', () => {
  const limits = { maxVCpu: 100, maxMemoryGiB: 400, vCpuNow: 16, memoryGiBNow: 56 }
  test.each([
    ['as many vCPU as the limit', { maxVCpu: 48 }, 'cluster-vcpu', 'fits'],
    ['one vCPU too many for one for one', { maxVCpu: 47 }, 'cluster-vcpu', 'tight'],
    ['the requests alone', { maxVCpu: 24 }, 'cluster-vcpu', 'tight'],
    ['less than the requests', { maxVCpu: 23 }, 'cluster-vcpu', 'does-not-fit'],
    ['as much memory as the limit', { maxMemoryGiB: 168 }, 'cluster-memory', 'fits'],
    ['less memory than the requests', { maxMemoryGiB: 71 }, 'cluster-memory', 'does-not-fit'],
    ['no limit', { maxVCpu: null }, 'cluster-vcpu', 'unknown'],
  ] as const)('%s', (_, change, id, verdict) => {
    expect(rowOf(id, { limits: { ...limits, ...change } })?.verdict).toBe(verdict)
  })
})

describe('zones and sizes', () => {
  test('nodes in a zone that their group does not serve are named; without a zone nobody is', () => {
    const nodes = [node('a', { zone: 'westeurope-3' }), node('b'), node('c', { zone: null }), node('d', { zone: '0' })]
    expect(capacityOf(all, planFacts({ nodes, landings: [landing({ zones: ['1', '2'] })] })).zoneGaps).toEqual([{ place: 'web', zones: ['1', '2'], nodes: ['a'] }])
    expect(capacityOf(all, planFacts({ nodes, landings: [landing({ zones: null })] })).zoneGaps).toEqual([])
  })

  test('a node that asks for more than the largest allowed size is named', () => {
    const nodes = [node('a', { requested: { milliCpu: 4_001, memoryMiB: 100 } }), node('b', { requested: { milliCpu: 4_000, memoryMiB: 100 } })]
    expect(capacityOf(new Set(['a', 'b']), planFacts({ nodes, landings: [landing({ maxVCpu: 4 })] })).sizeGaps).toEqual([{ place: 'web', limit: '4 vCPU', nodes: ['a'] }])
  })

  test('a group whose filters let no size through has no room, whatever its limits', () => {
    const { rows, sizeGaps } = capacityOf(all, planFacts({ nodes: four, landings: [landing({ hasSizes: false }), landing({ vngId: null, name: 'Default', hasSizes: false })] }))
    expect(rows.find(({ id }) => id === 'vng-web')?.verdict).toBe('does-not-fit')
    expect(sizeGaps).toEqual([{ place: 'web', limit: null, nodes: ['a', 'b', 'c', 'd'] }])
  })

  test.each([
    ['the filters’ own numbers where sizes outside the table may pass', { maxVCpu: 8 }, { hasSizes: true, maxVCpu: 8, maxMemoryGiB: null }],
    ['the largest size of the series that passes', { maxVCpu: 30, series: ['F v2'] }, { hasSizes: true, maxVCpu: 16, maxMemoryGiB: 32 }],
    ['none where none passes', { minVCpu: 90, series: ['F v2'] }, { hasSizes: false, maxVCpu: null, maxMemoryGiB: null }],
  ])('the largest node is %s', (_, filters, largest) => {
    expect(largestSize(allowedSizes(filtersOf(filters)))).toEqual(largest)
  })
})
