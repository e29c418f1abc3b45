import { describe, expect, test } from 'vitest'
import type { TwinSpec, TwinState } from '@/lib/twin/types'
import { node, pod, spec, started, vng, workload } from '../../factories/twin'

const fresh = (state: TwinState) => [...state.nodes.values()].filter(({ vngId }) => vngId !== null)

const moved = (given: TwinSpec) => {
  const { twin, run } = started(given, { batchSizePercentage: 100 })
  twin.runToEnd()
  return { nodes: fresh(twin.state), run, state: twin.state }
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

  test('pods of one pool whose constraints fit another group only get their nodes there', () => {
    const of = workload('gpu', { nodeSelector: { accelerator: 'nvidia' } })
    const labels = { tier: 'web', accelerator: 'nvidia' }
    const given = spec({
      vngs: [vng('vng-1', { labels: { tier: 'web', accelerator: 'nvidia' }, availabilityZones: ['1'] }), vng('vng-2', { labels: { accelerator: 'nvidia' } })],
      nodes: [node('a', { labels, zone: 'westeurope-2' })],
      workloads: [of],
      pods: [pod(of, 0, 'a', { volumeZone: 'westeurope-2' })],
    })
    expect(moved(given).nodes.map(({ vngId }) => vngId)).toEqual(['vng-2'])
  })
})
