import { describe, expect, test } from 'vitest'
import { chooseGroup, groupFor, templateGroupId, zonesOf } from '@/lib/twin/groups'
import { createState } from '@/lib/twin/state'
import type { TwinVng, Workload } from '@/lib/twin/types'
import { node, spec, vng, workload } from '../../factories/twin'

const choose = (vngs: TwinVng[], of: Workload, volumeZone: string | null = null) => chooseGroup(createState(spec({ vngs })), of, volumeZone)?.id ?? null
const api = workload('api')

describe('the group Ocean chooses for a pending pod', () => {
  test('a preferred affinity decides', () => {
    const of = workload('api', { preferredAffinity: [{ key: 'tier', operator: 'In', values: ['api'] }] })
    expect(choose([vng('vng-1', { maxCount: 5000 }), vng('vng-2', { labels: { tier: 'api' } })], of)).toBe('vng-2')
  })

  test.each([
    ['more nodes', { maxCount: 10 }, { maxCount: 20 }],
    ['more spot', { spotPercentage: 10 }, { spotPercentage: 90 }],
    ['more zones', { availabilityZones: ['1'] }, { availabilityZones: ['1', '2'] }],
    ['any zone before named ones', { availabilityZones: ['1', '2', '3'] }, { availabilityZones: [] }],
    ['any size before named ones', { vmSizes: ['Standard_D4s_v5'] }, { vmSizes: [] }],
  ])('without one the least restrictive: %s', (_name, tight, loose) => {
    expect(choose([vng('vng-1', tight), vng('vng-2', loose)], api)).toBe('vng-2')
    expect(choose([vng('vng-2', loose), vng('vng-1', tight)], api)).toBe('vng-2')
  })

  test('the template comes last, and alone takes a pod that no group takes', () => {
    expect(choose([vng('vng-1', { maxCount: 1 })], api)).toBe('vng-1')
    expect(choose([vng('vng-1', { taints: [{ key: 'k', value: '', effect: 'NoSchedule' }] })], api)).toBe(templateGroupId)
  })

  test('selectors, taints and the zone of a volume exclude groups; none may be left', () => {
    expect(choose([vng('vng-1')], workload('api', { nodeSelector: { tier: 'gpu' } }))).toBeNull()
    expect(choose([vng('vng-1', { availabilityZones: ['1'] })], api, 'westeurope-2')).toBe(templateGroupId)
  })
})

test('zones are numbers of the region, none means all three, 0 means no zone', () => {
  const state = createState(spec({}))
  expect(zonesOf(state, vng('v', { availabilityZones: ['2'] }))).toEqual(['westeurope-2'])
  expect(zonesOf(state, vng('v', { availabilityZones: [] }))).toHaveLength(3)
  expect(zonesOf(state, vng('v', { availabilityZones: ['0'] }))).toEqual(['0'])
})

test('a node that matches Default falls to the template', () => {
  expect(groupFor(createState(spec({ vngs: [vng('vng-1')] })), node('a'))?.id).toBe(templateGroupId)
})
