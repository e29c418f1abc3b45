import { describe, expect, test } from 'vitest'
import { failureSentences } from '@/lib/twin/log-text'
import type { TwinSpec, TwinState, TwinSwitches } from '@/lib/twin/types'
import { messages, node, pod, spec, started, vng, workload } from '../../factories/twin'

const fresh = (state: TwinState) => [...state.nodes.values()].filter(({ vngId }) => vngId !== null)

const moved = (given: TwinSpec, switches: Partial<TwinSwitches> = {}) => {
  const { twin, run } = started(given, { batchSizePercentage: 100 }, switches)
  const said = messages(twin.runToEnd())
  return { nodes: fresh(twin.state), run, state: twin.state, said }
}

const oneNode = (of: ReturnType<typeof workload>, count: number, group: Parameters<typeof vng>[1] = {}) =>
  spec({
    vngs: [vng('vng-1', { labels: { tier: 'web' }, ...group })],
    nodes: Array.from({ length: count }, (_, index) => node(`n${index}`, { labels: { tier: 'web' } })),
    workloads: [{ ...of, replicas: count }],
    pods: Array.from({ length: count }, (_, index) => pod(of, index, `n${index}`)),
  })

describe('new capacity', () => {
  test('half-empty old nodes are packed onto fewer new ones', () => {
    const { nodes, run } = moved(oneNode(workload('api'), 6))
    expect(nodes).toHaveLength(1)
    expect([...run.capacity.values()]).toMatchObject([{ newNodes: 1, status: 'COMPLETED' }])
  })

  test('a preferred size of the group is taken, in any spelling; an unknown one gives way to the old node\'s', () => {
    expect(moved(oneNode(workload('api'), 1, { vmSizes: ['standard_d8s_v5'] })).nodes[0]?.vmSize).toBe('Standard_D8s_v5')
    expect(moved(oneNode(workload('api'), 1, { vmSizes: ['Standard_Z1'] })).nodes[0]?.vmSize).toBe('Standard_D4s_v5')
  })

  test('a pod without the spot toleration gets an on-demand node however much spot the group wants', () => {
    const lifecycles = (toleratesSpot: boolean) => moved(oneNode(workload('api', { toleratesSpot }), 1, { spotPercentage: 100, fallbackToOd: false })).nodes.map(({ lifecycle }) => lifecycle)
    expect(lifecycles(false)).toEqual(['OnDemand'])
    expect(lifecycles(true)).toEqual(['Spot'])
  })

  const big = workload('api', { requests: { milliCpu: 3000, memoryMiB: 4096, gpu: 0 } })

  test('without spot capacity a group that falls back gets on-demand nodes, and one that does not gets none', () => {
    const without = (fallbackToOd: boolean) => moved(oneNode(big, 6, { spotPercentage: 100, fallbackToOd }), { spotShortagePercentage: 100 })
    const fallen = without(true)
    expect(fallen.nodes.map(({ lifecycle }) => lifecycle)).toEqual(Array(6).fill('OnDemand'))
    expect(fallen.run.status).toBe('COMPLETED')
    const stuck = without(false)
    expect(stuck.nodes).toEqual([])
    expect([...stuck.run.capacity.values()]).toMatchObject([{ newNodes: 0, status: 'FAILED' }])
    expect(stuck.said).toContain(failureSentences.noCapacity)
    expect(stuck.said.join()).toContain('No spot capacity for virtual node group vng-1 in zone westeurope-')
  })

  test('a spot market that is short for some nodes only leaves a row PARTIAL_SUCCESS', () => {
    const { run, nodes } = moved(oneNode(big, 12, { spotPercentage: 100, fallbackToOd: false }), { spotShortagePercentage: 40 })
    expect([...run.capacity.values()]).toMatchObject([{ newNodes: nodes.length, status: 'PARTIAL_SUCCESS' }])
    expect(nodes.every(({ lifecycle }) => lifecycle === 'Spot')).toBe(true)
  })

  test('each zone that holds volumes gets a node of its own', () => {
    const of = workload('pg', { kind: 'StatefulSet', hasVolumes: true, replicas: 2 })
    const zones = ['westeurope-1', 'westeurope-3']
    const { nodes, state } = moved(
      spec({
        vngs: [vng('vng-1', { labels: { tier: 'web' } })],
        nodes: zones.map((zone, index) => node(`n${index}`, { zone, labels: { tier: 'web' } })),
        workloads: [of],
        pods: zones.map((volumeZone, index) => pod(of, index, `n${index}`, { volumeZone })),
      }),
    )
    expect(nodes.map(({ zone }) => zone).sort()).toEqual(zones)
    for (const { nodeName, volumeZone } of state.pods.values()) expect(state.nodes.get(nodeName ?? '')?.zone).toBe(volumeZone)
  })

  test.each([
    ['a zone', { 'topology.kubernetes.io/zone': 'westeurope-2' }, { zone: 'westeurope-2' }],
    ['a size', { 'node.kubernetes.io/instance-type': 'Standard_D8s_v5' }, { vmSize: 'Standard_D8s_v5' }],
    ['on-demand', { 'spotinst.io/node-lifecycle': 'od' }, { lifecycle: 'OnDemand' }],
  ])('a pod that selects %s gets a node there', (_name, nodeSelector, place) => {
    const { nodes, run, state } = moved(oneNode(workload('api', { nodeSelector }), 3, { spotPercentage: 100 }))
    expect(run.status).toBe('COMPLETED')
    expect(nodes).toMatchObject([place])
    expect([...state.pods.values()].map(({ nodeName }) => nodeName)).toEqual(Array(3).fill(nodes[0]?.name))
  })

  test('a pod that selects a zone without a group, or asks for spot, fits none', () => {
    for (const nodeSelector of [{ 'topology.kubernetes.io/zone': 'westeurope-9' }, { 'spotinst.io/node-lifecycle': 'spot' }] as Record<string, string>[])
      expect(moved(oneNode(workload('api', { nodeSelector }), 1, { spotPercentage: 100 })).said.join()).toContain('No virtual node group can take pod')
  })

  test('pods of one pool whose constraints fit another group only get their nodes there', () => {
    const of = workload('gpu', { nodeSelector: { gpu: 'nvidia' } })
    const labels = { tier: 'web', gpu: 'nvidia' }
    const given = spec({
      vngs: [vng('vng-1', { labels: { tier: 'web', gpu: 'nvidia' }, availabilityZones: ['1'] }), vng('vng-2', { labels: { gpu: 'nvidia' } })],
      nodes: [node('a', { labels, zone: 'westeurope-2' })],
      workloads: [of],
      pods: [pod(of, 0, 'a', { volumeZone: 'westeurope-2' })],
    })
    expect(moved(given).nodes.map(({ vngId }) => vngId)).toEqual(['vng-2'])
  })
})
