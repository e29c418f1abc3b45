import { describe, expect, test } from 'vitest'
import { createTwin } from '@/lib/twin/twin'
import type { TwinSpec, TwinSwitches, TwinVng } from '@/lib/twin/types'
import { evenSpec, messages, node, pod, spec, started, vng, workload } from '../../factories/twin'

const minuteMs = 60_000
const api = workload('api')
const daemon = workload('proxy', { kind: 'DaemonSet' })

const told = (given: Partial<TwinSpec>, minutes: number, switches: Partial<TwinSwitches> = {}) => {
  const twin = createTwin({ spec: spec(given), seed: 1, switches })
  return { twin, events: twin.run(minutes * minuteMs) }
}

const names = ({ twin }: Pick<ReturnType<typeof told>, 'twin'>) => [...twin.state.nodes.keys()]

const own = (name: string) => node(name, { vngId: 'vng-1' })
const threeIdle = (change: Partial<TwinVng> = {}): Partial<TwinSpec> => ({
  vngs: [vng('vng-1', change)],
  nodes: [own('a'), own('b'), own('c')],
  workloads: [api, daemon],
  pods: [pod(api, 0, 'b'), pod(daemon, 0, 'a')],
})

describe('nodes of Ocean that no pod needs', () => {
  test('go after half an hour, those with nothing but DaemonSets too, and the log says so', () => {
    expect(names(told(threeIdle(), 30))).toEqual(['a', 'b', 'c'])
    const { twin, events } = told(threeIdle(), 40)
    expect(names({ twin })).toEqual(['b'])
    expect(messages(events)).toContain('Scaling down node a: no pod has needed it for 30 minutes.')
    expect([...twin.state.pods.values()].map(({ workloadId }) => workloadId)).toEqual([api.id])
  })

  test.each([2, 3])('stay as far as the minimum of their group, %i, needs them', (minCount) => {
    expect(names(told(threeIdle({ minCount }), 120))).toHaveLength(minCount)
  })

  test('stay where a DaemonSet restricts scale down, where Ocean does not scale, and where its controller is silent', () => {
    const restricted = threeIdle()
    const held = told({ ...restricted, workloads: [api, { ...daemon, isScaleDownRestricted: true }] }, 120)
    expect(names(held)).toEqual(['a', 'b'])
    expect(names(told(threeIdle(), 120, { isAutoscaled: false }))).toHaveLength(3)
    const twin = createTwin({ spec: spec(threeIdle()), seed: 1 })
    twin.command({ kind: 'silence-controller', isSilent: true })
    twin.run(120 * minuteMs)
    expect(names({ twin })).toHaveLength(3)
  })

  test('that Ocean does not manage are none of its business', () => {
    expect(names(told({ nodes: [node('a'), node('b')] }, 120))).toEqual(['a', 'b'])
  })

  test('stay while a run is on, however long, and for half an hour after it', () => {
    const held = workload('pg', { pdbIds: ['pg'] })
    const given = evenSpec(12, held, { pdbs: [{ id: 'pg', name: 'pg', namespace: 'shop', minAvailable: '100%', maxUnavailable: null, expectedPods: 12 }], vngs: [vng('vng-1')] })
    const { twin, run } = started({ ...given, nodes: [...given.nodes, own('spare')] }, { batchSizePercentage: 1 })
    twin.runToEnd()
    expect(run.endedAtMs).toBeGreaterThan(35 * minuteMs)
    twin.run(twin.nowMs + 29 * minuteMs)
    expect(twin.state.nodes.has('spare')).toBe(true)
    twin.run(twin.nowMs + 3 * minuteMs)
    expect(twin.state.nodes.has('spare')).toBe(false)
  })

  test('that a pod comes back to start their half hour anew', () => {
    const given = threeIdle()
    const twin = createTwin({ spec: spec(given), seed: 1 })
    twin.run(25 * minuteMs)
    twin.command({ kind: 'vanish-node', nodeName: 'b' })
    twin.run(45 * minuteMs)
    const home = [...twin.state.pods.values()].find(({ workloadId }) => workloadId === api.id)?.nodeName
    expect(names({ twin })).toEqual([home])
  })
})

describe('a group below its minimum', () => {
  test('gets nodes up to it, and no more', () => {
    const { twin, events } = told({ vngs: [vng('vng-1', { minCount: 2 })], nodes: [] }, 20)
    expect([...twin.state.nodes.values()].map(({ vngId, isReady }) => [vngId, isReady])).toEqual([['vng-1', true], ['vng-1', true]])
    expect(messages(events)).toContain('Scaling up 2 new nodes: virtual node group vng-1 has fewer than its minimum of 2.')
  })

  test('gets them when the minimum is raised, and when a node is lost', () => {
    const twin = createTwin({ spec: spec({ vngs: [vng('vng-1')], nodes: [own('a')] }), seed: 1 })
    twin.command({ kind: 'update-vng', vngId: 'vng-1', settings: { minCount: 2 } })
    twin.run(10 * minuteMs)
    expect(names({ twin })).toHaveLength(2)
    twin.command({ kind: 'vanish-node', nodeName: 'a' })
    twin.run(20 * minuteMs)
    expect(names({ twin })).toHaveLength(2)
  })

  test('is not asked for every minute when the limits or the cloud refuse', () => {
    const { twin, events } = told({ vngs: [vng('vng-1', { minCount: 2 })] }, 35, { vngsWithoutCapacity: ['vng-1'] })
    expect(names({ twin })).toEqual([])
    expect(messages(events).filter((message) => message.startsWith('Scaling up'))).toHaveLength(4)
  })

  test('is filled up during a migration too', () => {
    const { twin, run } = started(evenSpec(2, api, { vngs: [vng('vng-1', { minCount: 1 })] }))
    twin.runToEnd()
    expect(run.status).toBe('COMPLETED')
    expect([...twin.state.nodes.values()].filter(({ vngId }) => vngId === 'vng-1')).toHaveLength(1)
  })
})
