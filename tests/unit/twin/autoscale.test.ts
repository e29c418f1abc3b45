import { describe, expect, test } from 'vitest'
import { createTwin } from '@/lib/twin/twin'
import type { TwinSwitches } from '@/lib/twin/types'
import { messages, node, pod, spec, vng, workload } from '../../factories/twin'

const minuteMs = 60_000
const big = workload('big', { replicas: 2, requests: { milliCpu: 3000, memoryMiB: 256, gpu: 0 } })
const own = node('own', { vngId: 'vng-1', isReady: false })

const pendingPods = (maxCount: number, switches: Partial<TwinSwitches> = {}) => {
  const given = spec({ vngs: [vng('vng-1', { maxCount })], nodes: [own], workloads: [big], pods: [pod(big, 0, null), pod(big, 1, null)] })
  const twin = createTwin({ spec: given, seed: 1, switches })
  return { twin, events: twin.run(20 * minuteMs) }
}

const phases = ({ twin }: ReturnType<typeof pendingPods>) => [...twin.state.pods.values()].map(({ phase }) => phase)

describe('pods without a place', () => {
  test('get new nodes after a minute, though no migration runs', () => {
    const told = pendingPods(10)
    expect(phases(told)).toEqual(['running', 'running'])
    expect(messages(told.events)).toContain('Scaling up 2 new nodes for 2 pending pods.')
  })

  test('get no node beyond the limit of their group, and say why', () => {
    const told = pendingPods(2)
    expect(phases(told).sort()).toEqual(['pending', 'running'])
    expect([...told.twin.state.pods.values()].find(({ phase }) => phase === 'pending')?.reason).toBeTruthy()
    expect([...told.twin.state.nodes.values()].filter(({ vngId }) => vngId === 'vng-1')).toHaveLength(2)
  })

  test('without capacity are not asked for every half minute', () => {
    const told = pendingPods(10, { vngsWithoutCapacity: ['vng-1'] })
    expect(messages(told.events).filter((message) => message.startsWith('Scaling up'))).toHaveLength(2)
  })

  test('that no group takes are left alone', () => {
    const lost = workload('lost', { nodeSelector: { nowhere: 'true' } })
    const twin = createTwin({ spec: spec({ nodes: [own], workloads: [lost], pods: [pod(lost, 0, null)] }), seed: 1 })
    expect(messages(twin.run(20 * minuteMs)).filter((message) => message.startsWith('Scaling up'))).toEqual([])
    expect([...twin.state.pods.values()][0]).toMatchObject({ phase: 'pending', reason: expect.stringContaining("didn't match Pod's node affinity/selector") })
  })

  test('are left alone where Ocean does not scale', () => {
    const told = pendingPods(10, { isAutoscaled: false })
    expect(phases(told)).toEqual(['pending', 'pending'])
  })

  test('wait while the controller is silent', () => {
    const given = spec({ vngs: [vng('vng-1')], nodes: [own], workloads: [big], pods: [pod(big, 0, null)] })
    const twin = createTwin({ spec: given, seed: 1 })
    twin.command({ kind: 'silence-controller', isSilent: true })
    expect(messages(twin.run(20 * minuteMs)).filter((message) => message.startsWith('Scaling up'))).toEqual([])
  })
})
