import { describe, expect, test } from 'vitest'
import type { RehearsalFacts } from '@/lib/domain/rehearsal/facts'
import { drawnSeconds } from '@/lib/rehearsal/drawn-seconds'
import { toTwinSpec, withDrawnTimes } from '@/lib/rehearsal/spec'
import { mayRunOn } from '@/lib/twin/constraints'
import { groupTakes, templateGroupId } from '@/lib/twin/groups'
import { createState } from '@/lib/twin/state'
import { factsWith, rehearsalNode, rehearsalPods, rehearsalWorkload, webGroup } from '@/tests/factories/rehearsal'

const labelled = (nodeName: string, labels: Record<string, string>): Pick<RehearsalFacts, 'nodes' | 'carriers'> => ({ nodes: [rehearsalNode(nodeName)], carriers: [{ labels, taints: [] }] })

describe('the cluster a rehearsal starts from', () => {
  test('nodes carry their pool’s labels and their own name; limits that are not set bind nothing', () => {
    const { nodes, cluster, vngs, pools } = toTwinSpec(factsWith())
    expect(nodes[0]).toMatchObject({ name: 'node-a', mode: 'user', labels: { tier: 'web', 'kubernetes.io/hostname': 'node-a' }, lifecycle: 'OnDemand' })
    expect(cluster.maxVCpu).toBeGreaterThan(1e9)
    expect(vngs.map(({ id, name }) => [id, name])).toEqual([['vng-web', 'web']])
    expect(pools.map(({ name }) => name)).toEqual(['npweb'])
  })

  test('a node of a system pool is never moved, and one of a group that is not listed is the template’s', () => {
    const facts = factsWith({
      nodes: [rehearsalNode('sys', { carrier: 1 }), rehearsalNode('new', { vngId: 'vng-unlisted' })],
      carriers: [...factsWith().carriers, { labels: { 'kubernetes.azure.com/mode': 'system' }, taints: [] }],
    })
    expect(toTwinSpec(facts).nodes.map(({ mode, vngId }) => [mode, vngId])).toEqual([
      ['system', null],
      ['user', templateGroupId],
    ])
  })

  test('a size that nobody told comes from the table of sizes', () => {
    const { nodes } = toTwinSpec(factsWith({ nodes: [rehearsalNode('n', { allocatable: null, vmSize: 'standard_d8s_v5' })] }))
    expect(nodes[0]?.allocatable.milliCpu).toBe(7820)
  })
})

describe('pods of Kubernetes', () => {
  test('each state, and budgets by their workload', () => {
    const facts = factsWith({
      kubernetes: rehearsalPods([rehearsalWorkload('web', { budgets: [0] }), rehearsalWorkload('db', { kind: 'StatefulSet' }), rehearsalWorkload('shell', { kind: 'Pod' }), rehearsalWorkload('rollout', { kind: 'Rollout' })], [
        [0, 0, 0, -1],
        [0, 0, 1, -1],
        [0, -1, 0, -1],
        [1, 1, 2, 0],
        [2, 1, 0, -1],
        [3, 1, 0, -1],
      ], { budgets: [{ namespace: 'shop', name: 'web-pdb', minAvailable: 1, maxUnavailable: null, expectedPods: 3 }], zones: ['westeurope-2'] }),
    })
    const { pods, workloads, pdbs } = toTwinSpec(facts)
    expect(pods.map(({ nodeName, phase, isBroken, volumeZone }) => [nodeName, phase, isBroken, volumeZone])).toEqual([
      ['node-a', 'running', false, null],
      ['node-a', 'starting', true, null],
      [null, 'pending', false, null],
      ['node-b', 'running', false, 'westeurope-2'],
      ['node-b', 'running', false, null],
      ['node-b', 'running', false, null],
    ])
    expect(workloads.map(({ kind, replicas }) => [kind, replicas])).toEqual([['Deployment', 3], ['StatefulSet', 0], ['Standalone', 1], ['Deployment', 1], ['StatefulSet', 1]])
    expect(workloads.at(-1)?.nodeSelector).toEqual({ 'kubernetes.io/hostname': 'node-b' })
    expect(workloads[0]?.pdbIds).toEqual([pdbs[0]?.id])
    expect(new Set(pods.map(({ id }) => id)).size).toBe(pods.length)
  })

  test('a toleration of everything bears every taint there is', () => {
    const taints = [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }]
    const facts = factsWith({
      carriers: [{ labels: {}, taints }],
      kubernetes: rehearsalPods([rehearsalWorkload('any', { tolerations: [{ key: null, operator: 'Exists', value: '', effect: null }] }), rehearsalWorkload('none')], []),
    })
    const [any, none] = toTwinSpec(facts).workloads
    expect(any?.toleratesSpot).toBe(true)
    expect(any !== undefined && mayRunOn(any, { labels: {}, taints })).toBe(true)
    expect(none !== undefined && mayRunOn(none, { labels: {}, taints })).toBe(false)
  })

  type Term = { key: string; operator: string; values: string[] }
  const term = (...expressions: Term[]) => ({ expressions, fields: [] })
  const inTier = (...values: string[]): Term => ({ key: 'tier', operator: 'In', values })
  test.each([
    ['one term', [term(inTier('web'))], true],
    ['one term that does not hold', [term(inTier('api'))], false],
    ['one of two terms', [term(inTier('api')), term(inTier('web'))], true],
    ['none of two terms', [term(inTier('api')), term(inTier('data'))], false],
    ['two terms that name what is missing', [term({ key: 'gone', operator: 'DoesNotExist', values: [] }), term({ key: 'x', operator: 'Exists', values: [] })], true],
    ['a number above', [term({ key: 'cores', operator: 'Gt', values: ['3'] })], true],
    ['a number below', [term({ key: 'cores', operator: 'Lt', values: ['3'] })], false],
    ['no term at all', [], false],
    ['the node’s name', [{ expressions: [], fields: [{ key: 'metadata.name', operator: 'In', values: ['node-a'] }] }], true],
    ['another node’s name', [{ expressions: [], fields: [{ key: 'metadata.name', operator: 'In', values: ['node-z'] }] }], false],
  ])('required affinity, %s', (_name, requiredAffinity, isAllowed) => {
    const { nodes, workloads } = toTwinSpec(factsWith({ ...labelled('node-a', { tier: 'web', cores: '4' }), kubernetes: rehearsalPods([rehearsalWorkload('web', { requiredAffinity })], []) }))
    const [workload] = workloads
    const [node] = nodes
    expect(workload !== undefined && node !== undefined && mayRunOn(workload, node)).toBe(isAllowed)
  })

  test.each([
    ['the architecture of the group', { 'kubernetes.io/arch': 'arm64', 'beta.kubernetes.io/arch': 'arm64', 'kubernetes.io/os': 'linux', 'beta.kubernetes.io/os': 'linux' }, true],
    ['its operating system', { 'kubernetes.azure.com/os-sku': 'AzureLinux' }, true],
    ['another architecture', { 'kubernetes.io/arch': 'amd64' }, false],
    ['what only a finished node shows', { 'kubernetes.azure.com/accelerator': 'nvidia', accelerator: 'nvidia' }, true],
    ['a pool that is there now', { agentpool: 'npweb' }, false],
    ['a label that the group lacks', { team: 'a' }, false],
  ])('a selector for %s', (_name, nodeSelector, isAllowed) => {
    const groups = [{ ...webGroup, architecture: 'arm64' as const, osSku: 'AzureLinux' }]
    const { vngs, workloads, cluster } = toTwinSpec(factsWith({ groups, kubernetes: rehearsalPods([rehearsalWorkload('web', { nodeSelector })], []) }))
    const state = createState({ cluster, vngs, workloads, pools: [], nodes: [], pdbs: [], pods: [], runs: [], log: [] })
    const [vng] = state.vngs.values()
    const [workload] = workloads
    expect(vng !== undefined && workload !== undefined && groupTakes(state, vng, workload, null)).toBe(isAllowed)
  })

  test('what only a finished node can say is not held against a group', () => {
    const zoneOrTier = [term({ key: 'topology.kubernetes.io/zone', operator: 'In', values: ['westeurope-1'] }), term(inTier('api'))]
    const { vngs, workloads } = toTwinSpec(factsWith({ kubernetes: rehearsalPods([rehearsalWorkload('web', { requiredAffinity: zoneOrTier })], []) }))
    const [workload] = workloads
    const [vng] = vngs
    expect(workload !== undefined && vng !== undefined && mayRunOn(workload, vng)).toBe(true)
  })
})

describe('pods without Kubernetes', () => {
  test('as many as Spot counts, with an equal share of what is requested', () => {
    const { pods, workloads, pdbs } = toTwinSpec(factsWith({ nodes: [rehearsalNode('node-a', { runningPods: 3, requested: { milliCpu: 1000, memoryMiB: 900, gpu: 0 } })] }))
    expect(pods).toHaveLength(3)
    expect(workloads[0]?.requests).toEqual({ milliCpu: 333, memoryMiB: 300, gpu: 0 })
    expect(pdbs).toEqual([])
  })

  test('they move with their node although Spot does not say where it would land', () => {
    const { pods, workloads } = toTwinSpec(factsWith({ nodes: [rehearsalNode('node-a', { match: undefined, runningPods: 3 })] }))
    expect([pods.length, workloads.every(({ kind }) => kind === 'Deployment')]).toEqual([3, true])
  })

  test('each takes its own time, as pods of different workloads do', () => {
    const { workloads } = withDrawnTimes(toTwinSpec(factsWith({ nodes: [rehearsalNode('node-a', { runningPods: 6 })] })), 1)
    expect(new Set(workloads.map(({ startUpMs }) => startUpMs)).size).toBeGreaterThan(3)
  })

  test('a node without a count has one for every quarter of a core; an empty one has none', () => {
    const counts = (change: Parameters<typeof rehearsalNode>[1]) => toTwinSpec(factsWith({ nodes: [rehearsalNode('node-a', change)] })).pods.length
    expect(counts({ runningPods: null, requested: { milliCpu: 900, memoryMiB: 900, gpu: 0 } })).toBe(4)
    expect(counts({ runningPods: 0 })).toBe(0)
  })

  test('they bear the taints of their node; what Ocean manages is full and stays', () => {
    const facts = factsWith({ carriers: [{ labels: {}, taints: [{ key: 'dedicated', value: 'x', effect: 'NoSchedule' }] }], nodes: [rehearsalNode('node-a', { runningPods: 2 }), rehearsalNode('new', { vngId: 'vng-web', runningPods: 2 })] })
    const { workloads } = toTwinSpec(facts)
    expect(workloads.map(({ kind, tolerations }) => [kind, tolerations[0]?.key])).toEqual([
      ['Deployment', 'dedicated'],
      ['Deployment', 'dedicated'],
      ['Standalone', 'dedicated'],
    ])
  })
})

test('a seed always draws the same times, inside what is told on screen', () => {
  const spec = toTwinSpec(factsWith({ kubernetes: rehearsalPods(Array.from({ length: 200 }, (_, index) => rehearsalWorkload(`w${index}`)), []) }))
  const times = (seed: number) => withDrawnTimes(spec, seed).workloads.map(({ startUpMs, terminationMs }) => [startUpMs / 1000, terminationMs / 1000])
  expect(times(3)).toEqual(times(3))
  expect(times(3)).not.toEqual(times(4))
  const startUps = times(5).map(([startUp]) => startUp ?? 0)
  expect(Math.min(...startUps)).toBeGreaterThanOrEqual(drawnSeconds.startUp.low)
  expect(Math.max(...startUps)).toBeLessThanOrEqual(drawnSeconds.startUp.high)
  expect(spec.workloads[0]?.startUpMs).toBe(0)
})
