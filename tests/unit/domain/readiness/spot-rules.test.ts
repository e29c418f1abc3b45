import { describe, expect, it } from 'vitest'
import type { NodeMatch } from '@/lib/domain/matching/match'
import { assessCluster, type ClusterToAssess } from '@/lib/domain/readiness/assess-cluster'
import { indexKube } from '@/lib/domain/readiness/kube-index'
import { readinessOf } from '@/lib/domain/readiness/readiness'
import { age, clusterOf, constraints, factsOf, findingsOf, idsOf, kubeNode, pod, reported, template, unread, vng, withKube } from './facts'

const web: NodeMatch = { kind: 'vng', vngId: 'vng-web', vngName: 'web' }
const nodeWith = (change: Partial<ClusterToAssess['nodes'][number]>): Partial<ClusterToAssess> => ({ nodes: [{ nodeName: 'node-a', match: web, isMatchKnown: true, ...change }] })
const onlySpot: Partial<ClusterToAssess> = { kube: null }
const taint = { key: 'team', value: 'a', effect: 'NoSchedule' }
const managed = (count: number) => Array.from({ length: count }, (_, at) => reported({ nodeName: `new-${at}`, virtualNodeGroupId: 'vng-web' }))

describe('rules of the Spot API', () => {
  it('calls the cluster full by what runs on a node where that is known, and not by the size of the node', () => {
    const asking = (workloadRequestedMilliCpu: number) => ({ limits: { maxVCpu: 11, maxMemoryGib: null }, reported: [reported({ workloadRequestedMilliCpu }), ...managed(2)] })
    expect([idsOf(asking(3001)), idsOf(asking(3000))]).toEqual([['cluster-full'], []])
  })

  it('checks the group of its own reading where Spot does not say the match', () => {
    const full = { vngs: [vng({ nodeCountLimits: { maxCount: 2 } })], reported: [reported(), ...managed(2)] }
    const pods = withKube({ pods: [pod({ constraints: constraints({ tolerations: [] }) })] })
    expect(idsOf({ ...nodeWith({ match: { kind: 'not-said' }, ownMatch: web }), ...full, ...pods })).toEqual(expect.arrayContaining(['vng-full', 'match-not-said', 'no-spot-toleration']))
    expect(idsOf({ ...nodeWith({ match: { kind: 'not-said' } }), ...full, ...pods })).toEqual(['match-not-said'])
  })

  it('leaves taints to the pods where these are read', () => {
    expect(idsOf({ ...nodeWith({ match: { kind: 'default' } }), template: template({ taints: [taint] }), ...withKube({ pods: [] }) })).toEqual(['template-judged'])
    expect(idsOf({ vngs: [vng({ taints: [taint] })], ...withKube({ pods: [] }) })).toEqual([])
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

  it('what Spot was asked for and did not give leaves readiness open, and is told of the cluster once', () => {
    const gaps = { vngs: 'Spot failed (502).', template: 'Spot’s answer for the cluster has none.', heartbeat: 'No answer in time.' }
    const { findings, nodes } = assessCluster(clusterOf({ kube: null, vngs: null, template: null, heartbeat: 'not-read', gaps }))
    expect(findings.map(({ sentence }) => sentence)).toEqual([
      'The virtual node groups: not read. Spot failed (502).',
      'The template of the cluster: not read. Spot’s answer for the cluster has none.',
      'The heartbeat of the Ocean controller: not read. No answer in time.',
    ])
    expect(readinessOf(nodes.get('node-a')?.findings ?? [])).toBe('needs-validation')
    expect(idsOf({ kube: null, heartbeat: 'unknown' })).toEqual(['controller-unknown'])
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
    expect(findingsOf({ kube: indexKube(old) }).map(({ sentence }) => sentence)).toEqual(['Facts too old: pods read 10 min ago from Kubernetes.'])
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
