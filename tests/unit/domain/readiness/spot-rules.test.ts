import { describe, expect, it } from 'vitest'
import type { NodeMatch } from '@/lib/domain/matching/match'
import { assessCluster, assessSelection, type ClusterToAssess } from '@/lib/domain/readiness/assess-cluster'
import { indexKube } from '@/lib/domain/readiness/kube-index'
import { readinessOf } from '@/lib/domain/readiness/readiness'
import { age, clusterOf, factsOf, findingsOf, idsOf, kubeNode, pod, reported, template, unread, vng, withKube } from './facts'

const web: NodeMatch = { kind: 'vng', vngId: 'vng-web', vngName: 'web' }
const nodeWith = (change: Partial<ClusterToAssess['nodes'][number]>): Partial<ClusterToAssess> => ({ nodes: [{ nodeName: 'node-a', match: web, isMatchKnown: true, ...change }] })
const onlySpot: Partial<ClusterToAssess> = { kube: null }
const taint = { key: 'team', value: 'a', effect: 'NoSchedule' }
const managed = (count: number) => Array.from({ length: count }, (_, at) => reported({ nodeName: `new-${at}`, virtualNodeGroupId: 'vng-web' }))

type Case = [id: string, positive: Partial<ClusterToAssess>, negative: Partial<ClusterToAssess>]

const cases: Case[] = [
  ['held-by-person', nodeWith({ holdReason: 'index rebuild' }), {}],
  ['match-disagrees', nodeWith({ ownMatch: { kind: 'none' } }), nodeWith({ ownMatch: { ...web, vngName: null } })],
  ['template-not-empty', { ...onlySpot, ...nodeWith({ match: { kind: 'default' } }), template: template({ taints: [taint] }) }, { ...onlySpot, ...nodeWith({ match: { kind: 'default' } }) }],
  ['vng-adds-taint', { ...onlySpot, vngs: [vng({ taints: [taint] })] }, { ...onlySpot, vngs: [vng({ taints: [taint] })], reported: [reported({ taints: ['team=a:NO_SCHEDULE'] })] }],
  ['isolation-lost', { reported: [reported({ taints: ['team=a:NO_SCHEDULE'] })] }, { reported: [reported({ taints: ['node.kubernetes.io/disk-pressure:NO_SCHEDULE'] })] }],
  ['vng-full', { vngs: [vng({ nodeCountLimits: { maxCount: 2 } })], reported: [reported(), ...managed(2)] }, { vngs: [vng({ nodeCountLimits: { maxCount: 3 } })], reported: [reported(), ...managed(2)] }],
  ['cluster-full', { limits: { maxVCpu: 11, maxMemoryGib: null }, reported: [reported(), ...managed(2)] }, { limits: { maxVCpu: 12, maxMemoryGib: null }, reported: [reported(), ...managed(2)] }],
  ['no-zone', { vngs: [vng({ availabilityZones: ['0'] })], template: template({ availabilityZones: null }) }, { vngs: [vng({ availabilityZones: null })] }],
  ['zone-not-served', { reported: [reported({ availabilityZone: 'westeurope-3' })] }, { reported: [reported({ availabilityZone: 'westeurope-0' })] }],
  ['facts-stale', { age: { ...age, spotReadAtMs: age.nowMs - 400_000 } }, {}],
]

describe('rules of the Spot API', () => {
  it.each(cases)('%s speaks where it must and is silent where it must not', (id, positive, negative) => {
    expect(idsOf(positive)).toEqual([id])
    expect(idsOf(negative)).toEqual([])
  })

  it.each(['template-not-empty', 'vng-adds-taint', 'vng-full', 'no-zone', 'zone-not-served'])('%s says nothing while the groups are not read', (id) => {
    const positive = cases.find(([name]) => name === id)?.[1] ?? {}
    expect(idsOf({ ...positive, vngs: null })).not.toContain(id)
  })

  it('leaves taints to the pods where these are read', () => {
    expect(idsOf({ ...nodeWith({ match: { kind: 'default' } }), template: template({ taints: [taint] }), ...withKube({ pods: [] }) })).toEqual([])
    expect(idsOf({ vngs: [vng({ taints: [taint] })], ...withKube({ pods: [] }) })).toEqual([])
  })

  it('tells what selected nodes would exceed together, and leaves to each node what is full already', () => {
    const names = ['node-a', 'node-b', 'node-c']
    const tell = (running: number, maxVCpu: number | null, selected = ['node-a', 'node-b']) =>
      assessSelection(
        clusterOf({
          nodes: names.map((nodeName) => ({ nodeName, match: web, isMatchKnown: true })),
          reported: [...names.map((nodeName) => reported({ nodeName })), ...managed(running)],
          vngs: [vng({ nodeCountLimits: { maxCount: 3 } })],
          limits: { maxVCpu, maxMemoryGib: null },
        }),
        new Set(selected),
      ).map(({ sentence }) => sentence)
    expect(tell(1, null)).toEqual([])
    expect(tell(2, null)).toEqual(['The group would grow past its limit if each node were replaced by one: web would have 4 of at most 3 nodes.'])
    expect(tell(2, null, ['node-a'])).toEqual([])
    expect(tell(3, null)).toEqual([])
    expect(tell(1, 11)).toEqual([expect.stringContaining('12 of 11 vCPU')])
  })
})

describe('rules about the facts themselves', () => {
  it('unsupported versions and cordons come from Kubernetes, and from nowhere else', () => {
    expect(idsOf(withKube({ nodes: [kubeNode({ kubeletVersion: 'v1.26.6' })] }))).toEqual(['version-unsupported'])
    for (const kubeletVersion of ['v1.28.0', 'v1.99.1', 'v2.0.0', 'unreadable']) expect(idsOf(withKube({ nodes: [kubeNode({ kubeletVersion })] })), kubeletVersion).toEqual([])
    expect(idsOf(withKube({ nodes: [kubeNode({ isUnschedulable: true })] }))).toEqual(['node-cordoned'])
    expect(idsOf({ kube: null })).toEqual([])
  })

  it('a group’s own version counts too, without Kubernetes', () => {
    const withVersion = (kubernetesVersion: string) => idsOf({ ...onlySpot, vngs: [vng({ nodePoolProperties: { kubernetesVersion } })] })
    expect([withVersion('1.25'), withVersion('1.33')]).toEqual([['version-unsupported'], []])
  })

  it('Kubernetes answers for the state of a node where Spot’s list does not, and contradicts it where it must', () => {
    const ids = (nodeStatus: string, isReady: boolean) => idsOf({ reported: [reported({ nodeStatus })], ...withKube({ nodes: [kubeNode({ isReady })] }) })
    expect([ids('UNKNOWN', true), ids('TRUE', false), ids('UNKNOWN', false), ids('FALSE', true)]).toEqual([[], ['node-not-ready'], ['node-not-ready'], ['node-not-ready']])
  })

  it('what weighs most stands first', () => {
    const findings = findingsOf({ ...nodeWith({ holdReason: 'x' }), reported: [reported({ taints: ['team=a:NO_SCHEDULE'], nodeStatus: 'FALSE' })] })
    expect(findings.map(({ id }) => id)).toEqual(['held-by-person', 'node-not-ready', 'isolation-lost'])
  })

  it('a connected Kubernetes that was not read leaves readiness open, one that is not connected does not', () => {
    const waiting = findingsOf({ kube: indexKube(unread) })
    expect(waiting.map(({ id, sentence }) => [id, sentence])).toEqual([
      ['kubernetes-not-read', 'Nodes, pods, Deployments and StatefulSets, Pod Disruption Budgets, DaemonSets and persistent volumes: not read yet from Kubernetes.'],
    ])
    expect(readinessOf(waiting)).toBe('needs-validation')
    expect(readinessOf(findingsOf({ kube: null }))).toBe('ready')
  })

  it('says in the reader’s words what could not be read, for each kind by itself', () => {
    const facts = { ...factsOf({ pods: [pod()] }), pdbs: { state: 'failed' as const, sentence: 'Kubernetes refused (403).', remedy: 'Grant it.' } }
    expect(findingsOf({ kube: indexKube(facts) }).map(({ sentence }) => sentence)).toEqual(['Pod Disruption Budgets: not read. Kubernetes refused (403).'])
    expect(idsOf({ kube: indexKube({ ...factsOf(), namespaces: { state: 'not-read' } }) })).toEqual([])
  })

  it('facts over the page’s limit are too old, per kind', () => {
    const old = { ...factsOf(), pods: { state: 'read' as const, items: [], readAtMs: age.nowMs - 600_000 } }
    expect(findingsOf({ kube: indexKube(old) }).map(({ sentence }) => sentence)).toEqual(['What is known of the cluster is too old: pods read 10 min ago from Kubernetes.'])
  })

  it('pending pods are told of the cluster, not of its nodes', () => {
    const { findings, nodes } = assessCluster(clusterOf(withKube({ pods: [pod({ nodeName: null, phase: 'Pending' })] })))
    expect(findings.map(({ sentence }) => sentence)).toEqual(['1 pod is already pending before the migration: shop/web-1.'])
    expect(nodes.get('node-a')?.findings).toEqual([])
  })
})

describe('readiness', () => {
  it('is held first, then unable, then open, then ready', () => {
    const held = { ...nodeWith({ holdReason: 'x', match: { kind: 'none' } }), heartbeat: 'stale' as const }
    expect(readinessOf(findingsOf(held))).toBe('held')
    expect(readinessOf(findingsOf({ ...held, ...nodeWith({ match: { kind: 'none' } }) }))).toBe('unable')
    expect(readinessOf(findingsOf({ heartbeat: 'stale' }))).toBe('needs-validation')
    expect(readinessOf(findingsOf())).toBe('ready')
  })

  it('waits for the option that a stand-alone or restricted pod depends on', () => {
    const options = { respectPdb: true, respectRestrictScaleDown: false, shouldEvictStandalonePods: true }
    const alone = findingsOf(withKube({ pods: [pod({ owner: null })] }))
    expect([null, options, { ...options, shouldEvictStandalonePods: false }].map((chosen) => readinessOf(alone, chosen))).toEqual(['needs-validation', 'ready', 'unable'])
    const restricted = findingsOf(withKube({ pods: [pod({ labels: { 'spotinst.io/restrict-scale-down': 'true' } })] }))
    expect([null, options, { ...options, respectRestrictScaleDown: true }].map((chosen) => readinessOf(restricted, chosen))).toEqual(['needs-validation', 'ready', 'unable'])
  })
})
