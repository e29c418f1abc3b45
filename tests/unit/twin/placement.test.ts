import { describe, expect, test } from 'vitest'
import { createPlacement } from '@/lib/twin/placement'
import { applyEvent, createState } from '@/lib/twin/state'
import type { TwinEvent, TwinNode, Workload } from '@/lib/twin/types'
import { node, pod, spec, workload } from '../../factories/twin'

const find = (nodes: TwinNode[], of: Workload, volumeZone: string | null = null) => {
  const state = createState(spec({ nodes, workloads: [of] }))
  return createPlacement(state).find(pod(of, 0, null, { volumeZone }), of)
}

const tainted = { taints: [{ key: 'dedicated', value: 'data', effect: 'NoSchedule' }] }

describe('where a pod may go', () => {
  test('a selector is met by labels only', () => {
    const of = workload('api', { nodeSelector: { tier: 'api' } })
    expect(find([node('a'), node('b', { labels: { tier: 'api' } })], of)).toEqual({ nodeName: 'b' })
    expect(find([node('a')], of)).toEqual({ reason: "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector." })
  })

  test('a hard taint needs a toleration, a soft one does not', () => {
    const of = workload('api')
    expect(find([node('a', tainted)], of)).toHaveProperty('reason')
    expect(find([node('a', tainted)], workload('api', { tolerations: [{ key: 'dedicated', value: 'data', effect: null }] }))).toEqual({ nodeName: 'a' })
    expect(find([node('a', { taints: [{ key: 'x', value: '', effect: 'PreferNoSchedule' }] })], of)).toEqual({ nodeName: 'a' })
  })

  test('a spot node takes only pods that the webhook gave the toleration', () => {
    const spot = node('a', { taints: [{ key: 'kubernetes.azure.com/scalesetpriority', value: 'spot', effect: 'NoSchedule' }] })
    expect(find([spot], workload('api', { toleratesSpot: true }))).toEqual({ nodeName: 'a' })
    expect(find([spot], workload('api', { toleratesSpot: false }))).toHaveProperty('reason')
  })

  test.each([
    ['In', ['web'], true],
    ['NotIn', ['web'], false],
    ['Exists', [], true],
    ['DoesNotExist', [], false],
  ] as const)('required affinity %s %j on tier=web holds: %s', (operator, values, isAllowed) => {
    const of = workload('api', { requiredAffinity: [{ key: 'tier', operator, values: [...values] }] })
    expect('nodeName' in find([node('a', { labels: { tier: 'web' } })], of)).toBe(isAllowed)
  })

  test('a volume keeps its pod in its zone, and the reason is the conflict', () => {
    const of = workload('pg', { kind: 'StatefulSet', hasVolumes: true })
    expect(find([node('a'), node('b', { zone: 'westeurope-2' })], of, 'westeurope-2')).toEqual({ nodeName: 'b' })
    expect(find([node('a')], of, 'westeurope-3')).toEqual({ reason: '0/1 nodes are available: 1 node(s) had volume node affinity conflict.' })
  })

  test('cordoned nodes, nodes that are not ready and full nodes take nothing', () => {
    const of = workload('api', { requests: { milliCpu: 4000, memoryMiB: 1, gpu: 0 } })
    expect(find([node('a', { isCordoned: true })], workload('x'))).toHaveProperty('reason')
    expect(find([node('a', { isReady: false })], workload('x'))).toHaveProperty('reason')
    expect(find([node('a')], of)).toEqual({ reason: '0/1 nodes are available: 1 Insufficient cpu.' })
    expect(find([node('a')], workload('x', { requests: { milliCpu: 1, memoryMiB: 14_001, gpu: 0 } }))).toHaveProperty('reason')
    expect(find([node('a', { maxPods: 0 })], workload('x'))).toHaveProperty('reason')
    expect(find([node('a')], workload('x', { requests: { milliCpu: 1, memoryMiB: 1, gpu: 1 } }))).toHaveProperty('reason')
  })

  test('a taint that drives pods off keeps new ones away too', () => {
    const noExecute = { taints: [{ key: 'maintenance', value: '', effect: 'NoExecute' }] }
    expect(find([node('a', noExecute)], workload('api'))).toEqual({ reason: '0/1 nodes are available: 1 node(s) had untolerated taint {maintenance: }.' })
    expect(find([node('a', noExecute)], workload('api', { tolerations: [{ key: 'maintenance', value: null, effect: 'NoSchedule' }] }))).toHaveProperty('reason')
    expect(find([node('a', noExecute)], workload('api', { tolerations: [{ key: 'maintenance', value: null, effect: 'NoExecute' }] }))).toEqual({ nodeName: 'a' })
  })

  test('a pod that fits nowhere counts every node once under what keeps it away, in the words of Kubernetes', () => {
    const of = workload('pg', { nodeSelector: { tier: 'data' }, hasVolumes: true, requests: { milliCpu: 3000, memoryMiB: 13_000, gpu: 1 } })
    const data = { labels: { tier: 'data' } }
    const nodes = [
      node('web'),
      node('shut', { ...data, isCordoned: true }),
      node('coming', { ...data, isReady: false }),
      node('dedicated', { ...data, ...tainted }),
      node('far', { ...data, zone: 'westeurope-2' }),
      node('small', { ...data, allocatable: { milliCpu: 1000, memoryMiB: 1000, gpu: 0 } }),
      node('slots', { ...data, maxPods: 0, allocatable: { milliCpu: 8000, memoryMiB: 30_000, gpu: 4 } }),
    ]
    expect(find(nodes, of, 'westeurope-1')).toEqual({
      reason:
        "0/7 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 1 Insufficient nvidia.com/gpu, 1 Too many pods, 1 node(s) didn't match Pod's node affinity/selector, " +
        '1 node(s) had untolerated taint {dedicated: data}, 1 node(s) had untolerated taint {node.kubernetes.io/not-ready: }, 1 node(s) had volume node affinity conflict, 1 node(s) were unschedulable.',
    })
  })

  test('without nodes the scheduler has a sentence of its own', () => {
    expect(find([], workload('api'))).toEqual({ reason: 'no nodes available to schedule pods' })
  })

  test('the counts follow what happens to nodes', () => {
    const of = workload('api', { nodeSelector: { tier: 'api' } })
    const state = createState(spec({ nodes: [node('a'), node('b')], workloads: [of] }))
    const placement = createPlacement(state)
    const after = (event: TwinEvent) => {
      applyEvent(state, event)
      placement.follow(event)
      return placement.find(pod(of, 0, null), of)
    }
    const other = "node(s) didn't match Pod's node affinity/selector"
    expect(after({ tMs: 1, kind: 'node-cordoned', nodeName: 'a', isCordoned: true })).toEqual({ reason: `0/2 nodes are available: 1 ${other}, 1 node(s) were unschedulable.` })
    expect(after({ tMs: 2, kind: 'node-removed', nodeName: 'a' })).toEqual({ reason: `0/1 nodes are available: 1 ${other}.` })
    expect(after({ tMs: 3, kind: 'node-added', node: node('c') })).toEqual({ reason: `0/2 nodes are available: 2 ${other}.` })
    expect(after({ tMs: 4, kind: 'node-relabelled', nodeName: 'b', labels: { tier: 'api' }, taints: [] })).toEqual({ nodeName: 'b' })
  })

  test('managed nodes come first, the emptiest first', () => {
    const of = workload('api')
    const heavy = workload('heavy', { requests: { milliCpu: 3000, memoryMiB: 1, gpu: 0 } })
    const nodes = [node('old'), node('full', { vngId: 'vng-1' }), node('empty', { vngId: 'vng-1' })]
    const state = createState(spec({ nodes, workloads: [of, heavy], pods: [pod(heavy, 0, 'full')] }))
    expect(createPlacement(state).find(pod(of, 0, null), of)).toEqual({ nodeName: 'empty' })
  })

  test('the index follows what happens to nodes and pods', () => {
    const of = workload('api', { requests: { milliCpu: 3000, memoryMiB: 1, gpu: 0 } })
    const waiting = pod(of, 1, null)
    const state = createState(spec({ nodes: [node('a')], workloads: [of], pods: [pod(of, 0, 'a'), waiting] }))
    const placement = createPlacement(state)
    const happen = (event: TwinEvent) => {
      applyEvent(state, event)
      placement.follow(event)
    }
    expect(placement.find(waiting, of)).toHaveProperty('reason')
    happen({ tMs: 1, kind: 'node-added', node: node('b', { isReady: false }) })
    expect(placement.find(waiting, of)).toHaveProperty('reason')
    happen({ tMs: 2, kind: 'node-ready', nodeName: 'b' })
    expect(placement.find(waiting, of)).toEqual({ nodeName: 'b' })
    happen({ tMs: 3, kind: 'node-cordoned', nodeName: 'b', isCordoned: true })
    expect(placement.find(waiting, of)).toHaveProperty('reason')
    happen({ tMs: 4, kind: 'pod-removed', podId: 'shop/api-template-0' })
    placement.touch('a')
    expect(placement.find(waiting, of)).toEqual({ nodeName: 'a' })
    happen({ tMs: 5, kind: 'node-removed', nodeName: 'a' })
    expect(placement.find(waiting, of)).toHaveProperty('reason')
  })
})
