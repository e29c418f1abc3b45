import { expect, test } from 'vitest'
import type { KubePod } from '@/lib/domain/kube-facts'
import { applyLanding, noLanding } from '@/lib/domain/progress/landing'
import { landingFacts } from '@/lib/domain/progress/landing-facts'
import { lookOf, type LookInput } from '@/lib/domain/progress/landing-look'
import { node as spotNode, type SpotNode } from '@/lib/spot/schemas/node'

const createdAtMs = Date.parse('2026-01-01T10:00:00Z')
const node = (nodeName: string, given: object = {}): SpotNode => spotNode.parse({ nodeName, nodePoolName: 'omnp1', virtualNodeGroupId: 'vng-1', lifeCycle: 'Spot', createdAt: '2026-01-01T10:05:00Z', ...given })
const old = (nodeName: string): SpotNode => spotNode.parse({ nodeName, nodePoolName: 'npweb', createdAt: '2025-01-01T00:00:00Z' })
const input = (given: Partial<LookInput>): LookInput => ({ batch: 1, isLast: false, oldNames: new Set(['o1', 'o2']), movedNames: new Set(), scaledPools: new Set(['omnp1']), respectsRestriction: true, createdAtMs, nodes: [], targets: [], kube: null, ...given })

test.each([
  ['an old node of the run', old('o1')],
  ['one that is not managed', node('n', { virtualNodeGroupId: null })],
  ['one from before the run', node('n', { createdAt: '2026-01-01T09:59:59Z' })],
  ['one of unknown age', node('n', { createdAt: null })],
])('%s has not taken over', (_, listed) => {
  expect(lookOf(noLanding, input({ nodes: [listed] })).newNodes).toEqual([])
})

test('a young managed node has; its pool says whether it came for the run', () => {
  expect(lookOf(noLanding, input({ nodes: [node('n1'), node('n2', { nodePoolName: 'other' })] })).newNodes).toMatchObject([{ nodeName: 'n1', isNamed: true, lifecycle: 'Spot' }, { nodeName: 'n2', isNamed: false }])
})

test('a look tells only what differs from the one before', () => {
  const first = lookOf(noLanding, input({ nodes: [old('o1'), old('o2'), node('n1')] }))
  const state = applyLanding(noLanding, first, 1)
  expect(lookOf(state, input({ nodes: [old('o1'), old('o2'), node('n1')] }))).toMatchObject({ newNodes: [], goneNew: [], goneOld: [], backOld: [] })
  const second = lookOf(state, input({ nodes: [old('o1'), node('n2')] }))
  expect(second).toMatchObject({ newNodes: [{ nodeName: 'n2' }], goneNew: ['n1'], goneOld: ['o2'] })
  const back = lookOf(applyLanding(state, second, 2), input({ nodes: [old('o1'), old('o2'), node('n1'), node('n2')] }))
  expect(back).toMatchObject({ newNodes: [{ nodeName: 'n1' }], goneOld: [], backOld: ['o2'] })
})

test('a list that could not be read takes nothing away', () => {
  const state = applyLanding(noLanding, lookOf(noLanding, input({ nodes: [old('o1'), node('n1')] })), 1)
  const missed = lookOf(state, input({ nodes: { problem: 'Spot did not answer.' } }))
  expect(missed).toMatchObject({ problem: 'Spot did not answer.', goneNew: [], goneOld: [] })
  expect(applyLanding(state, missed, 2).newNodes.get('n1')?.goneAtMs).toBeNull()
})

test('a list that is empty, or has none of what the look before had, takes nothing away and says so', () => {
  const state = applyLanding(noLanding, lookOf(noLanding, input({ nodes: [old('o1'), old('o2'), node('n1')] })), 1)
  for (const nodes of [[], [old('other')]]) {
    const look = lookOf(state, input({ isLast: true, nodes }))
    expect(look).toMatchObject({ problem: expect.stringContaining('Nothing is concluded from it.'), goneNew: [], goneOld: [] })
    expect(applyLanding(state, look, 2)).toMatchObject({ goneOld: new Map(), newNodes: new Map([['n1', expect.objectContaining({ goneAtMs: null })]]) })
  }
  expect(lookOf(noLanding, input({ nodes: [] })).problem, 'the first look as well').not.toBeNull()
})

test('a node of which nothing else was expected may well be gone, and so may all that were moved', () => {
  const state = applyLanding(noLanding, lookOf(noLanding, input({ nodes: [old('o1'), old('o2')] })), 1)
  expect(lookOf(state, input({ nodes: [old('other')], movedNames: new Set(['o1']) }))).toMatchObject({ problem: null, goneOld: ['o1', 'o2'] })
})

const pod = (name: string, nodeName: string | null, given: Partial<KubePod> = {}): KubePod => ({
  namespace: 'shop', name, nodeName, phase: nodeName === null ? 'Pending' : 'Running', isReady: true, isTerminating: false, owner: { kind: 'Deployment', name: 'web' }, labels: {}, annotations: {},
  constraints: { nodeSelector: {}, requiredAffinity: null, preferredAffinity: [], tolerations: [], requests: { milliCpu: 0, memoryMiB: 0, gpu: 0 } }, volumes: [], pendingReason: null, ...given,
})
const kube = (items: KubePod[]): LookInput['kube'] => ({ pods: { state: 'read', items, readAtMs: 0 }, nodes: { state: 'read', readAtMs: 0, items: [{ name: 'o1', kubeletVersion: '', isUnschedulable: true, isReady: true, labels: {}, taints: [], allocatable: { milliCpu: 0, memoryMiB: 0, gpu: 0, pods: 0 } }] } })

test('where each workload runs is told after a batch, of many the first fifty', () => {
  const pods = Array.from({ length: 60 }, (_, index) => pod(`p${index}`, 'o1', { owner: { kind: 'Deployment', name: `w${String(index).padStart(2, '0')}` } }))
  const at = (given: Partial<LookInput>) => lookOf(noLanding, input({ nodes: [old('o1')], kube: kube(pods), ...given })).pods
  expect(at({ batch: 0 })).toMatchObject({ places: [], left: 0 })
  const after = at({ batch: 1 })
  expect(after.state === 'read' && [after.places.length, after.left]).toEqual([50, 10])
  expect(at({ batch: 2, isLast: true })).toMatchObject({ places: { length: 60 }, left: 0 })
})

test('pods of the run’s workloads are told by where they are, and stand-alone ones by name', () => {
  const nodes = [old('o1'), old('o2'), node('n1')]
  const before = lookOf(noLanding, input({ nodes, kube: kube([pod('a', 'o1'), pod('b', 'o2'), pod('lone', 'o2', { owner: null }), pod('agent', 'o1', { owner: { kind: 'DaemonSet', name: 'agent' } }), pod('else', 'x', { owner: { kind: 'Deployment', name: 'api' } })]) }))
  expect(before.pods).toMatchObject({ state: 'read', onOld: 2, onNew: 0, elsewhere: 0, workloads: ['shop/Deployment/web'], standAlone: [{ pod: 'shop/lone', nodeName: 'o2' }], oldNodes: [] })
  const state = applyLanding(noLanding, before, 1)
  const last = lookOf(state, input({ isLast: true, nodes, kube: kube([pod('a2', 'n1'), pod('b2', null, { pendingReason: 'Insufficient cpu' }), pod('agent', 'o1', { owner: { kind: 'DaemonSet', name: 'agent' } }), pod('c', 'o1', { owner: null })]) }))
  expect(last.pods).toMatchObject({ onNew: 1, onOld: 0, pending: 1, reasons: [{ reason: 'Insufficient cpu', pods: 1 }], workloads: [], goneStandAlone: ['shop/lone'], oldNodes: [{ nodeName: 'o1', isCordoned: true, pods: 1 }], places: [{ workload: 'shop/Deployment/web', onNew: 1, pending: 1 }] })
  expect(landingFacts.parse(last)).toEqual(last)
})

test('nodes with a pod that restricts scale down are told once, where the run respects that', () => {
  const label = { labels: { 'spotinst.io/restrict-scale-down': 'true' } }
  const pods = [
    pod('a', 'o1', { annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' } }),
    pod('b', 'o1', label),
    pod('c', 'x', label),
    pod('d', 'o2', { ...label, isTerminating: true }),
    pod('e', 'o2', { ...label, phase: 'Succeeded' }),
  ]
  const first = lookOf(noLanding, input({ kube: kube(pods) }))
  expect(first.pods).toMatchObject({ restricted: ['o1'] })
  expect(landingFacts.parse(first)).toEqual(first)
  const state = applyLanding(noLanding, first, 1)
  expect(lookOf(state, input({ kube: kube(pods) })).pods).not.toHaveProperty('restricted')
  expect(applyLanding(state, lookOf(state, input({ kube: kube([pod('d', 'o2', label)]) })), 2).restricted).toEqual(new Set(['o1', 'o2']))
  expect(lookOf(noLanding, input({ kube: kube(pods), respectsRestriction: false })).pods).not.toHaveProperty('restricted')
})
