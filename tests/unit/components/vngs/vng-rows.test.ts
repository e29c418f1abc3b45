import { describe, expect, it } from 'vitest'
import { heldOf, labelList, limitsText, sizesText, taintList, unmanagedPools, vngRows, type VngRow } from '@/components/vngs/vng-rows'
import type { NodesAnswer } from '@/lib/contract/nodes'
import { node } from '@/lib/spot/schemas/node'
import { vng, vngSpec } from '@/lib/spot/schemas/vng'

const web = vng.parse({ id: 'vng-1', name: 'web', nodeCountLimits: { minCount: 0, maxCount: 1000 }, taints: [{ key: 'gpu', value: 'true', effect: 'NoSchedule' }, { key: 'solo', effect: 'NoExecute' }] })
const nodes = [node.parse({ nodeName: 'a', virtualNodeGroupId: 'vng-1', lifeCycle: 'Spot' }), node.parse({ nodeName: 'b' }), node.parse({ nodeName: 'c', virtualNodeGroupId: 'vng-0', lifeCycle: 'OnDemand' })]
const template = vngSpec.parse({})

const unmanaged = (rows: [poolName: string, match: NodesAnswer['nodes'][number]['match']][]): NodesAnswer['nodes'] =>
  rows.map(([poolName, match], index) => ({ nodeName: `n-${index}`, poolName, match, runningPods: null, readiness: 'ready', findings: [], vmSize: null, zone: null, spec: null }))

const offered = unmanaged([
  ['npweb', { kind: 'vng', vngId: 'vng-1', vngName: 'web' }],
  ['npgpu', { kind: 'none' }],
  ['npbase', { kind: 'default' }],
  ['npbase', { kind: 'default' }],
])

describe('the rows of the groups', () => {
  it('count nodes that run in a group by what they are paid as, and say nothing while they are not read', () => {
    expect(vngRows({ vngs: [web], template: null, nodes, unmanaged: undefined })[0]?.running).toEqual({ nodes: 1, spot: 1, onDemand: 0 })
    expect(vngRows({ vngs: [web], template: null, nodes: undefined, unmanaged: undefined })[0]).toMatchObject({ running: null, wouldTake: null })
  })
  it('put the template last as Default, with the nodes of no listed group', () => {
    const rows = vngRows({ vngs: [web], template, nodes, unmanaged: offered })
    expect(rows.map(({ name, kind }) => [name, kind])).toEqual([['web', 'group'], ['Default', 'template']])
    expect(rows[1]?.running).toEqual({ nodes: 1, spot: 0, onDemand: 1 })
  })
  it('count the unmanaged nodes that match each, the template included', () => {
    expect(vngRows({ vngs: [web], template, nodes, unmanaged: offered }).map(({ wouldTake }) => wouldTake)).toEqual([1, 2])
  })
  it('write limits, sizes and taints as people write them', () => {
    expect(limitsText(web, String)).toBe('0 to 1000')
    expect(limitsText(template, String)).toBeNull()
    expect(taintList(web)).toEqual(['gpu=true:NoSchedule', 'solo:NoExecute'])
    const sized = vngSpec.parse({ vmSizes: { preferredVmSizes: ['Standard_D8s_v5'], filters: { minVCpu: 4, maxVCpu: 16, minMemoryGiB: 8 } } })
    expect(sizesText(sized, (size) => size.replace('Standard_', ''))).toBe('D8s_v5; 4 to 16 vCPU; from 8 GiB')
    expect(sizesText(template, String)).toBeNull()
  })
  it('have of a group what it inherits, an empty list of its own included, and say that it is the template’s', () => {
    const tainted = vngSpec.parse({ taints: [{ key: 'dedicated', value: 'x', effect: 'NoSchedule' }], restrictScaleDown: true })
    const [bare, , last] = vngRows({ vngs: [vng.parse({ id: 'vng-2', name: 'bare', taints: [] }), web], template: tainted, nodes, unmanaged: undefined }) as [VngRow, VngRow, VngRow]
    expect(heldOf(bare, taintList)).toEqual({ value: ['dedicated=x:NoSchedule'], isInherited: true })
    expect(heldOf(bare, ({ restrictScaleDown }) => restrictScaleDown)).toEqual({ value: true, isInherited: true })
    expect(heldOf(bare, labelList)).toBeNull()
    expect(heldOf(last, taintList)).toEqual({ value: ['dedicated=x:NoSchedule'], isInherited: false })
    expect(heldOf({ ...bare, inherits: null }, taintList)).toBeNull()
  })
  it('offer pools with unmatched nodes first', () => {
    expect(unmanagedPools(offered).map(({ poolName }) => poolName)).toEqual(['npgpu', 'npbase', 'npweb'])
  })
})
