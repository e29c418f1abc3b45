import { describe, expect, it } from 'vitest'
import { runningChangeLines } from '@/components/domain/running-change'
import { fieldChanges, tagLines } from '@/components/domain/vng-effects'
import { changedToTake, startFromNodes, withoutEmptyLists } from '@/components/domain/vng-prefill'
import { radiusOf } from '@/components/domain/vng-radius'
import { node } from '@/lib/spot/schemas/node'
import { vng, vngSpec, type VngSpec } from '@/lib/spot/schemas/vng'

const system = { agentpool: 'npgpu', 'kubernetes.azure.com/agentpool': 'npgpu', 'kubernetes.io/os': 'linux', 'beta.kubernetes.io/arch': 'amd64', 'spotinst.io/x': 'y' }
const gpu = (name: string, extra: Record<string, unknown> = {}) =>
  node.parse({
    nodeName: name,
    nodePoolName: 'npgpu',
    availabilityZone: 'westeurope-2',
    vmSize: 'Standard_NC6s_v3',
    labels: { ...system, gpu: 'nvidia' },
    taints: ['sku=gpu:NO_SCHEDULE', 'kubernetes.azure.com/scalesetpriority=spot:NO_SCHEDULE', 'node.kubernetes.io/not-ready:NO_EXECUTE'],
    ...extra,
  })

type Draft = Record<string, unknown>
const covered = (draft: Draft, template: VngSpec | null, nodes: ReturnType<typeof gpu>[]) => radiusOf(draft, null, { groups: { vngs: [], template }, nodes })?.newlyMatched

describe('a group that is to take a node', () => {
  const template = vngSpec.parse({ availabilityZones: ['1', '2'], labels: { team: 'ml' } })
  it('gets what it lacks: labels beside its own, the taints of the node, its zone', () => {
    const { draft, notes } = changedToTake({ name: 'web', taints: [{ key: 'old', value: '', effect: 'NoSchedule' }] }, template, [gpu('a', { availabilityZone: 'westeurope-3' })])
    expect(draft).toEqual({ name: 'web', labels: { team: 'ml', gpu: 'nvidia' }, taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }], availabilityZones: ['1', '2', '3'] })
    expect(notes).toEqual(['Filled in so that the group takes a: its labels, taints and zones. Nothing is saved yet.'])
  })
  it('stays as it is where it lacks nothing', () => {
    const whole = { name: 'gpu', labels: { gpu: 'nvidia', tier: 'x' }, taints: [{ key: 'sku', value: 'gpu', effect: 'NO_SCHEDULE' }] }
    expect(changedToTake(whole, template, [gpu('a')])).toEqual({ draft: whole, notes: [] })
  })
  it('has what the template has where its own list is empty, as in matching', () => {
    const tainted = vngSpec.parse({ labels: { team: 'ml' }, taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }] })
    expect(changedToTake({ name: 'web', labels: {}, taints: [] }, tainted, [gpu('a')]).draft).toEqual({ name: 'web', labels: { team: 'ml', gpu: 'nvidia' }, taints: [], availabilityZones: ['2'] })
    expect(changedToTake({ name: 'web', labels: { gpu: 'nvidia' } }, tainted, [gpu('a', { taints: [] })]).draft, 'no list makes it bare').not.toHaveProperty('taints')
  })
})

describe('a group from nodes', () => {
  it('carries what somebody gave the nodes and nothing of the system', () => {
    expect(startFromNodes([gpu('a')]).draft).toMatchObject({ labels: { gpu: 'nvidia' }, taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }] })
  })
  it('takes all of them: every label, the taints, the zones and the sizes', () => {
    const nodes = [gpu('a'), gpu('b', { availabilityZone: 'westeurope-1', labels: { gpu: 'nvidia', team: 'ml' } })]
    const { draft, notes } = startFromNodes(nodes)
    expect(draft).toEqual({ name: 'npgpu', labels: { gpu: 'nvidia', team: 'ml' }, taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }], availabilityZones: ['1', '2'], vmSizes: { preferredVmSizes: ['Standard_NC6s_v3'] } })
    expect(notes).toEqual([])
    expect(covered(draft, null, nodes)).toEqual(['a', 'b'])
  })
  it('serves the zones of every node that it would take, although one alone was asked for', () => {
    const all = [gpu('a'), gpu('b', { availabilityZone: 'westeurope-3' }), gpu('c', { availabilityZone: 'westeurope-1', labels: {} }), gpu('d', { availabilityZone: 'westeurope-1', virtualNodeGroupId: 'vng-1' })]
    expect(startFromNodes(all.slice(0, 1), all).draft).toMatchObject({ availabilityZones: ['2', '3'] })
  })
  it('leaves to the template what the nodes do not carry: of an empty list it is not known what Spot makes', () => {
    const { draft } = startFromNodes([gpu('a', { labels: {}, taints: [] })])
    expect(draft).not.toHaveProperty('labels')
    expect(draft).not.toHaveProperty('taints')
    expect(withoutEmptyLists({ name: 'x', labels: {}, taints: [], tags: {} })).toEqual({ name: 'x', tags: {} })
  })
  it('says where one group cannot take them all', () => {
    const { notes } = startFromNodes([gpu('a'), gpu('b', { labels: { gpu: 'amd' }, taints: [] })])
    expect(notes).toHaveLength(2)
    expect(notes[0]).toContain('different values of gpu')
  })
})

describe('the nodes that a group would take', () => {
  const draft = { labels: { gpu: 'nvidia', more: 'x' }, taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }] }
  it.each<[string, Record<string, unknown>, boolean]>([
    ['one whose labels and taints it carries', {}, true],
    ['not one with another label', { labels: { gpu: 'nvidia', team: 'ml' } }, false],
    ['not one that a group has already', { virtualNodeGroupId: 'vng-1' }, false],
    ['not one without labels and taints, which goes to the template', { labels: {}, taints: [] }, false],
  ])('%s', (_, extra, isCovered) => {
    expect(covered(draft, null, [gpu('a', extra)])).toEqual(isCovered ? ['a'] : [])
  })
  it('are found through what it inherits, too', () => {
    const template = vngSpec.parse({ labels: { gpu: 'nvidia' }, taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }] })
    expect(covered({ name: 'x' }, template, [gpu('a')])).toEqual(['a'])
  })
})

describe('an edit', () => {
  const before = { name: 'web', labels: { team: 'red', tier: 'web' }, taints: [], nodeCountLimits: { maxCount: 1000 }, autoScale: { autoHeadroomPercentage: 5 } }
  const groups = { vngs: [vng.parse({ ...before, id: 'vng-1' })], template: null }
  const nodes = [gpu('a', { virtualNodeGroupId: 'vng-1' }), gpu('b', { labels: { team: 'red' }, taints: [] })]
  it('reaches running nodes with labels, taints and tags, line by line, and takes a match away', () => {
    const after = { ...before, labels: { team: 'blue', extra: 'yes' }, taints: [{ key: 'solo', value: '', effect: 'NoExecute' }], tags: { owner: 'me' } }
    const radius = radiusOf(after, 'vng-1', { groups, nodes })
    expect(radius).toMatchObject({ runningNodes: ['a'], losingMatch: ['b'] })
    expect([...runningChangeLines((radius as NonNullable<typeof radius>).change), ...tagLines(before, after)]).toEqual([
      'Label team changes from red to blue',
      'Label extra=yes is added',
      'Label tier is removed',
      'Taint solo:NoExecute is added: pods that do not tolerate it are evicted at once',
      'Tag owner=me is added',
    ])
  })
  it('of anything else leaves them as they are, and so does one of a group that is gone', () => {
    const after = { ...before, nodeCountLimits: { maxCount: 5 } }
    expect(radiusOf(after, 'vng-1', { groups, nodes })).toMatchObject({ runningNodes: [], losingMatch: [], newlyMatched: [], moving: [] })
    expect(radiusOf(after, 'vng-2', { groups, nodes })).toBeNull()
  })
  it('is listed field by field, with what comes from the template', () => {
    const template = vngSpec.parse({ nodeCountLimits: { minCount: 0, maxCount: 500 } })
    expect(fieldChanges(before, { ...before, nodeCountLimits: undefined, labels: null, autoScale: { autoHeadroomPercentage: 9 } }, template)).toEqual([
      { name: 'Labels', from: 'team=red, tier=web', to: 'from the template' },
      { name: 'Most nodes', from: '1000', to: '500, from the template' },
      { name: 'autoScale', from: '{"autoHeadroomPercentage":5}', to: '{"autoHeadroomPercentage":9}' },
    ])
  })
  it('lists an empty list of its own as matching reads it: as the template’s', () => {
    const template = vngSpec.parse({ taints: [{ key: 'solo', value: '', effect: 'NoExecute' }] })
    const own = { ...before, taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] }
    expect(fieldChanges(own, { ...own, taints: [] }, template)).toEqual([{ name: 'Taints', from: 'a=b:NoSchedule', to: 'solo:NoExecute, from the template' }])
    expect(fieldChanges({ name: 'web' }, { name: 'web', taints: [] }, template)).toEqual([])
    expect(fieldChanges(own, { ...own, taints: [] }, null)).toEqual([{ name: 'Taints', from: 'a=b:NoSchedule', to: 'none' }])
  })
})
