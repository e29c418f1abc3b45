import { describe, expect, test } from 'vitest'
import { createTwin } from '@/lib/twin/twin'
import type { StartRunInput, TwinCommand, TwinSpec } from '@/lib/twin/types'
import { isHeartbeatStale } from '@/lib/twin/heartbeat'
import { evenSpec, node, options, pod, spec, started, vng, workload } from '../../factories/twin'

const minuteMs = 60_000
const api = workload('api')
const twinOf = (given: TwinSpec) => createTwin({ spec: given, seed: 3 })
const start = (given: TwinSpec, input: Partial<StartRunInput>) =>
  twinOf(given).command({ kind: 'start-run', input: { nodeNames: null, nodePoolNames: null, comment: null, options, ...input } })

describe('what Create Migration refuses', () => {
  const given = spec({ nodes: [node('a'), node('ocean', { vngId: 'vng-1', poolName: 'omnp0a1b2c3d' }), node('sys', { mode: 'system', poolName: 'npsys' })] })

  test.each([
    ['both lists', { nodeNames: ['a'], nodePoolNames: ['npweb'] }, 'together'],
    ['neither list', {}, 'required'],
    ['an empty list', { nodeNames: [] }, 'required'],
    ['a node that is not there', { nodeNames: ['a', 'gone'] }, 'gone'],
    ['a pool that is not there', { nodePoolNames: ['npnone'] }, 'npnone'],
    ['a node that Ocean manages', { nodeNames: ['ocean'] }, 'already managed'],
    ['a node of a system pool', { nodeNames: ['sys'] }, 'system'],
  ])('%s', (_name, input, words) => {
    expect(start(given, input)).toMatchObject({ ok: false, refusal: { status: 400, message: expect.stringContaining(words) } })
  })

  test('a second migration while one is on, and not after it has ended', () => {
    const { twin, run } = started(evenSpec(2, api))
    const again: TwinCommand = { kind: 'start-run', input: { nodeNames: ['n0'], nodePoolNames: null, comment: null, options } }
    expect(twin.command(again)).toMatchObject({ ok: false, refusal: { code: 'MIGRATION_IN_PROGRESS', message: expect.stringContaining(run.id) } })
    twin.command({ kind: 'stop-run', runId: run.id })
    twin.runToEnd()
    expect(twin.command(again).ok).toBe(true)
  })

  test('a pool name selects its nodes, a name given twice counts once', () => {
    expect(start(given, { nodePoolNames: ['npweb'] })).toMatchObject({ ok: true, value: { nodes: new Map([['a', expect.anything()]]) } })
    expect(start(given, { nodeNames: ['a', 'a'] })).toMatchObject({ ok: true, value: { numOfBatches: 1 } })
  })
})

describe('virtual node groups', () => {
  test('what is left out comes from the template', () => {
    const twin = twinOf(spec({}))
    const made = twin.command({ kind: 'create-vng', name: 'gpu', settings: { labels: { gpu: 'nvidia' } } })
    expect(made).toMatchObject({ ok: true, value: { name: 'gpu', labels: { gpu: 'nvidia' }, maxCount: 1000, drainingTimeoutSeconds: 300 } })
    expect(twin.state.vngs.size).toBe(1)
  })

  test('a name is given once, limits have an order, and an unknown group is not found', () => {
    const twin = twinOf(spec({ vngs: [vng('vng-1', { name: 'web' })] }))
    expect(twin.command({ kind: 'create-vng', name: 'web', settings: {} }).ok).toBe(false)
    expect(twin.command({ kind: 'create-vng', name: 'x', settings: { minCount: 2, maxCount: 1 } }).ok).toBe(false)
    expect(twin.command({ kind: 'update-vng', vngId: 'vng-9', settings: {} })).toMatchObject({ ok: false, refusal: { status: 404 } })
  })

  test('a NoExecute taint drives off the pods that do not tolerate it, whatever their budgets say', () => {
    const plain = workload('plain', { replicas: 2, pdbIds: ['plain'] })
    const hardy = workload('hardy', { tolerations: [{ key: 'k', value: null, effect: 'NoExecute' }] })
    const daemon = workload('proxy', { kind: 'DaemonSet' })
    const pods = [pod(plain, 0, 'a'), pod(plain, 1, 'a'), pod(hardy, 0, 'a'), pod(daemon, 0, 'a')]
    const nodes = [node('a', { vngId: 'vng-1' }), node('b')]
    const pdbs = [{ id: 'plain', name: 'plain', namespace: 'shop', minAvailable: '100%', maxUnavailable: null, expectedPods: 2 }]
    const twin = twinOf(spec({ vngs: [vng('vng-1')], nodes, workloads: [plain, hardy, daemon], pods, pdbs }))
    twin.command({ kind: 'update-vng', vngId: 'vng-1', settings: { taints: [{ key: 'k', value: 'v', effect: 'NoExecute' }] } })
    twin.run(minuteMs)
    const homes = [...twin.state.pods.values()].map(({ workloadId, nodeName, phase }) => `${workloadId} ${nodeName} ${phase}`)
    expect(homes.sort()).toEqual(['shop/hardy a running', 'shop/plain b running', 'shop/plain b running', 'shop/proxy a running'])
  })

  test('new labels and taints reach the running nodes of the group', () => {
    const twin = twinOf(spec({ vngs: [vng('vng-1', { labels: { tier: 'web' } })], nodes: [node('a', { vngId: 'vng-1', labels: { tier: 'web', own: 'x' } })] }))
    const taints = [{ key: 'k', value: 'v', effect: 'NoSchedule' }]
    twin.command({ kind: 'update-vng', vngId: 'vng-1', settings: { labels: { tier: 'edge' }, taints } })
    expect(twin.state.nodes.get('a')).toMatchObject({ labels: { tier: 'edge', own: 'x' }, taints })
  })

  test('a group goes when it has no nodes', () => {
    const twin = twinOf(spec({ vngs: [vng('vng-1'), vng('vng-2')], nodes: [node('a', { vngId: 'vng-1' })] }))
    expect(twin.command({ kind: 'delete-vng', vngId: 'vng-1' })).toMatchObject({ ok: false, refusal: { code: 'VNG_IN_USE' } })
    expect(twin.command({ kind: 'delete-vng', vngId: 'vng-2' }).ok).toBe(true)
  })
})

test('a group whose nodes are on their way is not deleted', () => {
  const twin = createTwin({ spec: spec({ vngs: [vng('vng-1')] }), seed: 1 })
  twin.command({ kind: 'launch-nodes', input: { vngIds: ['vng-1'], count: 1, preferredLifecycle: null, vmSizes: [], zones: null } })
  expect(twin.command({ kind: 'delete-vng', vngId: 'vng-1' })).toMatchObject({ ok: false, refusal: { code: 'VNG_IN_USE' } })
})

describe('nodes', () => {
  test('launched nodes register, become ready and take what was pending', () => {
    const waiting = pod(api, 0, null)
    const twin = twinOf(spec({ vngs: [vng('vng-1')], workloads: [api], pods: [waiting] }))
    const outcome = twin.command({ kind: 'launch-nodes', input: { vngIds: ['vng-1'], count: 2, preferredLifecycle: 'Spot', vmSizes: [], zones: null } })
    expect(outcome).toMatchObject({ ok: true, value: { nodesLeft: 0, launched: [{ vngId: 'vng-1', count: 2, lifecycle: 'Spot' }] } })
    twin.run(10 * minuteMs)
    expect([...twin.state.nodes.values()].map(({ isReady, vngId }) => [isReady, vngId])).toEqual([[true, 'vng-1'], [true, 'vng-1']])
    expect(twin.state.pods.get(waiting.id)).toMatchObject({ phase: 'running', reason: null })
  })

  test('what a limit forbids is left over', () => {
    const twin = twinOf(spec({ vngs: [vng('vng-1', { maxCount: 1 })] }))
    const outcome = twin.command({ kind: 'launch-nodes', input: { vngIds: null, count: 3, preferredLifecycle: null, vmSizes: [], zones: null } })
    expect(outcome).toMatchObject({ ok: true, value: { nodesLeft: 2 } })
    twin.run(10 * minuteMs)
    expect(twin.state.nodes.size).toBe(1)
  })

  test('a limit counts a node once, whether it is on its way or there', () => {
    const twin = twinOf(spec({ vngs: [vng('vng-1', { maxCount: 4 })] }))
    const two: TwinCommand = { kind: 'launch-nodes', input: { vngIds: null, count: 2, preferredLifecycle: null, vmSizes: [], zones: null } }
    twin.command(two)
    twin.run(10 * minuteMs)
    expect(twin.command(two)).toMatchObject({ ok: true, value: { nodesLeft: 0 } })
    expect(twin.command(two)).toMatchObject({ ok: true, value: { nodesLeft: 2 } })
  })

  test('a detached node stays in the cluster and can be migrated again', () => {
    const twin = twinOf(spec({ nodes: [node('a', { vngId: 'vng-1' })] }))
    expect(twin.command({ kind: 'detach-nodes', nodeNames: ['a', 'b'] }).ok).toBe(false)
    expect(twin.command({ kind: 'detach-nodes', nodeNames: ['a'] }).ok).toBe(true)
    expect(twin.state.nodes.get('a')?.vngId).toBeNull()
    expect(twin.state.nodesByVng.get('vng-1')).toBe(0)
  })

  test('pods of a node that vanishes are made anew elsewhere, stand-alone ones are lost', () => {
    const lone = workload('lone', { kind: 'Standalone' })
    const set = workload('pg', { kind: 'StatefulSet' })
    const twin = twinOf(spec({ nodes: [node('a'), node('b')], workloads: [api, lone, set], pods: [pod(api, 0, 'a'), pod(lone, 0, 'a'), pod(set, 0, 'a')] }))
    twin.command({ kind: 'vanish-node', nodeName: 'a' })
    twin.run(5 * minuteMs)
    expect([...twin.state.pods.values()].map(({ workloadId, nodeName, phase }) => [workloadId, nodeName, phase])).toEqual([
      ['shop/api', 'b', 'running'],
      ['shop/pg', 'b', 'running'],
    ])
  })
})

test('a pod that is on its way out when its node vanishes is not made a second time', () => {
  const of = workload('api', { terminationMs: 30_000 })
  const { twin } = started(evenSpec(1, of, { nodes: [node('n0'), node('spare', { vngId: 'vng-1' })] }))
  while (!twin.run(twin.nowMs + 1000).some(({ kind }) => kind === 'pod-evicted'));
  twin.command({ kind: 'vanish-node', nodeName: 'n0' })
  twin.run(twin.nowMs + minuteMs)
  expect(twin.state.pods.size).toBe(1)
})

test('a pod made anew under the same name starts from the beginning', () => {
  const of = workload('pg', { kind: 'StatefulSet', startUpMs: minuteMs })
  const twin = twinOf(spec({ nodes: [node('a', { vngId: 'vng-1' }), node('b')], workloads: [of], pods: [pod(of, 0, null)] }))
  twin.run(50_000)
  twin.command({ kind: 'vanish-node', nodeName: 'a' })
  twin.run(100_000)
  expect(twin.state.pods.get('shop/pg-0')).toMatchObject({ nodeName: 'b', phase: 'starting' })
  twin.run(115_000)
  expect(twin.state.pods.get('shop/pg-0')).toMatchObject({ phase: 'running' })
})

test('a silent controller is stale after five minutes and fresh again with its next beat', () => {
  const twin = twinOf(spec({}))
  twin.run(minuteMs)
  expect(isHeartbeatStale(twin.state)).toBe(false)
  twin.command({ kind: 'silence-controller', isSilent: true })
  twin.run(7 * minuteMs)
  expect(isHeartbeatStale(twin.state)).toBe(true)
  twin.command({ kind: 'silence-controller', isSilent: false })
  twin.run(8 * minuteMs)
  expect(isHeartbeatStale(twin.state)).toBe(false)
})
