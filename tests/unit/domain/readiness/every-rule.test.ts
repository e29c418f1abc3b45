import { describe, expect, it } from 'vitest'
import { kubeKinds, type KubeFacts, type KubeKind, type KubePod } from '@/lib/domain/kube-facts'
import type { NodeMatch } from '@/lib/domain/matching/match'
import { capacityOf } from '@/lib/domain/plan/capacity'
import type { PlanFacts } from '@/lib/domain/plan/facts'
import { capacityFindings, overdraftFindings } from '@/lib/domain/plan/selection-findings'
import { budgetLoads, overdraftsIn } from '@/lib/domain/batches/budget-load'
import { assessCluster, type ClusterToAssess } from '@/lib/domain/readiness/assess-cluster'
import type { FindingId } from '@/lib/domain/readiness/finding'
import { indexKube } from '@/lib/domain/readiness/kube-index'
import { findingRules } from '@/lib/domain/readiness/rules'
import { budget, landing, node, planFacts, pods } from '../plan/build'
import { age, clusterOf, constraints, factsOf, idsOf, kubeNode, pdb, pod, reported, template, unread, vng, withKube } from './facts'

type Change = Partial<ClusterToAssess>
/** What is said where the rule must speak, where it must not, and where what it needs was not read. `null`: it needs nothing that could be unread. */
type RuleCase = { speaks: () => string[]; silent: () => string[]; notRead: (() => string[]) | null }

const web: NodeMatch = { kind: 'vng', vngId: 'vng-web', vngName: 'web' }
const nodeWith = (change: Partial<ClusterToAssess['nodes'][number]>): Change => ({ nodes: [{ nodeName: 'node-a', match: web, isMatchKnown: true, ...change }] })
const taint = { key: 'team', value: 'a', effect: 'NoSchedule' }
const tainted = [reported({ taints: ['team=a:NO_SCHEDULE'] })]
const managed = (count: number) => Array.from({ length: count }, (_, at) => reported({ nodeName: `new-${at}`, virtualNodeGroupId: 'vng-web' }))

/** Two clusters that differ in one thing, and what is not read in the third. */
const differ = (positive: Change, negative: Change, without: Change | null): RuleCase => ({
  speaks: () => idsOf(positive),
  silent: () => idsOf(negative),
  notRead: without === null ? null : () => idsOf({ ...positive, ...without }),
})

const noKube: Change = { kube: null }
const noGroups: Change = { vngs: null, gaps: { vngs: 'Spot failed.' } }
const noNodes: Change = { reported: null, gaps: { 'cluster-nodes': 'Spot failed.' } }
const onlySpot = (change: Change): Change => ({ ...noKube, ...change })

const failed = { state: 'failed' as const, sentence: 'Kubernetes refused (403).', remedy: 'Grant it.' }
type Items = NonNullable<Parameters<typeof factsOf>[0]>
/** The facts with some kinds refused. */
const kubeWithout = (items: Items, kinds: readonly KubeKind[]): Change => ({ kube: indexKube({ ...factsOf(items), ...Object.fromEntries(kinds.map((kind) => [kind, failed])) } as KubeFacts) })

/** A rule about one pod: the same cluster with one pod or the other, and with the kind it needs refused. */
const podRule = (one: Partial<KubePod>, other: Partial<KubePod>, more: Items = {}, needs: KubeKind = 'pods', spot: Change = {}): RuleCase => ({
  speaks: () => idsOf({ ...spot, ...withKube({ pods: [pod(one)], ...more }) }),
  silent: () => idsOf({ ...spot, ...withKube({ pods: [pod(other)], ...more }) }),
  notRead: () => idsOf({ ...spot, ...kubeWithout({ pods: [pod(one)], ...more }, [needs]) }),
})

const requires = (key: string, operator: string, values: string[]) => constraints({ requiredAffinity: [{ expressions: [{ key, operator, values }], fields: [] }] })
const asks = (milliCpu: number): Partial<KubePod> => ({ constraints: constraints({ requests: { milliCpu, memoryMiB: 512, gpu: 0 } }) })
const claim = { namespace: 'shop', name: 'data', isBound: true, zones: null, isLocal: false }
const usesClaim: Partial<KubePod> = { volumes: [{ kind: 'claim', claimName: 'data' }] }
const sizes = (filters: Record<string, unknown>): Change => ({ vngs: [vng({ vmSizes: { filters } })], template: template({ vmSizes: { filters } }) })
const none = pdb({ disruptionsAllowed: 0, currentHealthy: 3, desiredHealthy: 3 })
const weak = pdb({ disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 2 })
const budgetRule = (items: Items, clear: Items): RuleCase => ({ speaks: () => idsOf(withKube(items)), silent: () => idsOf(withKube(clear)), notRead: () => idsOf(kubeWithout(items, ['pdbs'])) })
const daemonSet = (nodeSelector: Record<string, string>): Items => ({
  pods: [pod({ owner: { kind: 'DaemonSet', name: 'agent' } })],
  daemonSets: [{ namespace: 'shop', name: 'agent', template: { labels: {}, annotations: {}, constraints: constraints({ nodeSelector }) } }],
})
const pending: Items = { pods: [pod({ nodeName: null, phase: 'Pending' })] }
const ofCluster = (change: Change) => assessCluster(clusterOf(change)).findings.map(({ id }) => id)

const moving = ['a', 'b']
const capacity = (change: Partial<PlanFacts>) => capacityFindings(capacityOf(new Set(moving), planFacts({ nodes: moving.map((name) => node(name)), ...change }))).map(({ id }) => id)
const overdrafts = (disruptionsAllowed: number, areBudgetsRead = true) => {
  const facts = planFacts({ nodes: moving.map((name) => node(name, { pods: pods({ budgets: [{ budget: 0, pods: 1, refused: 0, workloads: [] }] }) })), budgets: [budget('shop/web-pdb', disruptionsAllowed)] })
  const loads = budgetLoads({ ...facts, kubernetes: { ...facts.kubernetes, areBudgetsRead } })
  return overdraftFindings(loads === null ? [] : overdraftsIn([{ number: 1, nodes: moving.map((nodeName) => ({ nodeName, poolName: 'p', runningPods: 1 })) }], loads)).map(({ id }) => id)
}
const clusterLimits = { maxVCpu: 1000, maxMemoryGiB: null, vCpuNow: 8, memoryGiBNow: 30 }

/** One entry for every rule there is: a new rule does not compile without its cases. */
const cases: Record<FindingId, RuleCase> = {
  'held-by-person': differ(nodeWith({ holdReason: 'index rebuild' }), {}, null),
  'system-pool': differ({ reported: [reported({ labels: { 'kubernetes.azure.com/mode': 'system' } })] }, {}, noNodes),
  'no-vng-match': differ(nodeWith({ match: { kind: 'none' } }), {}, nodeWith({ match: { kind: 'not-said' } })),
  'match-not-said': differ(nodeWith({ match: { kind: 'not-said' } }), {}, null),
  'probably-no-match': differ(nodeWith({ match: { kind: 'not-said' }, ownMatch: { kind: 'none' } }), nodeWith({ match: { kind: 'not-said' }, ownMatch: { ...web, vngName: null } }), { ...nodeWith({ match: { kind: 'not-said' } }), ...noGroups }),
  'match-disagrees': differ(nodeWith({ ownMatch: { kind: 'none' } }), nodeWith({ ownMatch: { ...web, vngName: null } }), { ...nodeWith({}), ...noGroups }),
  'vng-unknown': differ(nodeWith({ isMatchKnown: false }), {}, { ...nodeWith({}), ...noGroups }),
  'template-not-empty': differ(onlySpot({ ...nodeWith({ match: { kind: 'default' } }), template: template({ taints: [taint] }) }), onlySpot(nodeWith({ match: { kind: 'default' } })), { template: null, gaps: { template: 'None.' } }),
  'template-judged': differ({ ...nodeWith({ match: { kind: 'default' } }), template: template({ labels: { a: '1' } }) }, nodeWith({ match: { kind: 'default' } }), kubeWithout({}, ['pods'])),
  'vng-adds-taint': differ(onlySpot({ vngs: [vng({ taints: [taint] })] }), onlySpot({ vngs: [vng({ taints: [taint] })], reported: tainted }), noGroups),
  'isolation-lost': differ({ reported: tainted }, { reported: [reported({ taints: ['node.kubernetes.io/disk-pressure:NO_SCHEDULE'] })] }, noGroups),
  'vng-full': differ({ vngs: [vng({ nodeCountLimits: { maxCount: 2 } })], reported: [reported(), ...managed(2)] }, { vngs: [vng({ nodeCountLimits: { maxCount: 3 } })], reported: [reported(), ...managed(2)] }, noGroups),
  'vng-limit': { speaks: () => capacity({ landings: [landing({ maxCount: 3 })] }), silent: () => capacity({ landings: [landing({ maxCount: 4 })] }), notRead: () => capacity({ landings: [landing({ maxCount: 3 })], limits: null }) },
  'cluster-full': differ({ limits: { maxVCpu: 9, maxMemoryGib: null }, reported: [reported(), ...managed(2)] }, { limits: { maxVCpu: 10, maxMemoryGib: null }, reported: [reported(), ...managed(2)] }, noNodes),
  'cluster-limit': { speaks: () => capacity({ limits: { ...clusterLimits, maxVCpu: 10 } }), silent: () => capacity({ limits: clusterLimits }), notRead: () => capacity({ limits: null }) },
  'no-zone': differ({ vngs: [vng({ availabilityZones: [] })], template: template({ availabilityZones: null }) }, { vngs: [vng({ availabilityZones: ['0'] })], template: template({ availabilityZones: null }) }, noGroups),
  'zone-not-served': differ({ reported: [reported({ availabilityZone: 'westeurope-3' })] }, { reported: [reported({ availabilityZone: 'westeurope-0' })] }, noGroups),
  'architecture-differs': differ({ reported: [reported({ architecture: 'amd64' })], ...sizes({ architectures: ['ARM64'] }) }, { reported: [reported({ architecture: 'amd64' })], ...sizes({ architectures: ['ARM64', 'X86_64'] }) }, noGroups),
  'version-unsupported': differ(withKube({ nodes: [kubeNode({ kubeletVersion: 'v1.26.6' })] }), withKube({ nodes: [kubeNode({ kubeletVersion: 'v1.28.0' })] }), kubeWithout({}, ['nodes'])),
  'node-not-ready': differ({ reported: [reported({ nodeStatus: 'FALSE' })] }, {}, { ...noNodes, ...noKube }),
  'node-not-reported': differ(onlySpot({ reported: [reported({ nodeStatus: 'UNKNOWN' })] }), { reported: [reported({ nodeStatus: 'UNKNOWN' })] }, null),
  'node-cordoned': differ(withKube({ nodes: [kubeNode({ isUnschedulable: true })] }), withKube({}), kubeWithout({}, ['nodes'])),
  'controller-stale': differ({ heartbeat: 'stale' }, {}, { heartbeat: 'not-read', gaps: { heartbeat: 'Spot failed.' } }),
  'controller-inactive': differ({ heartbeat: 'inactive' }, { heartbeat: 'stale' }, { heartbeat: 'not-read', gaps: { heartbeat: 'Spot failed.' } }),
  'controller-unknown': differ({ heartbeat: 'unknown' }, {}, { heartbeat: 'not-read', gaps: { heartbeat: 'Spot failed.' } }),
  'facts-stale': differ({ age: { ...age, spotReadAtMs: age.nowMs - 400_000 } }, {}, null),
  'spot-not-read': differ(noGroups, {}, null),
  'kubernetes-not-read': differ({ kube: indexKube(unread) }, noKube, null),
  'pdb-allows-none': budgetRule({ pods: [pod()], pdbs: [none] }, { pods: [pod()], pdbs: [pdb()] }),
  'pdb-overdrawn': { speaks: () => overdrafts(1), silent: () => overdrafts(2), notRead: () => overdrafts(1, false) },
  'two-pdbs': budgetRule({ pods: [pod()], pdbs: [pdb(), pdb({ name: 'second' })] }, { pods: [pod({ labels: { app: 'other' } })], pdbs: [pdb(), pdb({ name: 'second' })] }),
  'unready-behind-pdb': budgetRule({ pods: [pod(), pod({ name: 'web-2', nodeName: 'node-b', isReady: false })], pdbs: [weak] }, { pods: [pod()], pdbs: [none] }),
  'standalone-pod': podRule({ owner: null }, { owner: { kind: 'Node', name: 'node-a' } }),
  'single-replica': podRule({ owner: { kind: 'Deployment', name: 'solo' } }, { owner: { kind: 'StatefulSet', name: 'solo' } }, {}, 'workloads'),
  'local-data': podRule({ volumes: [{ kind: 'emptyDir' }] }, { volumes: [{ kind: 'memory' }] }),
  'local-volume': podRule(usesClaim, {}, { claims: [{ ...claim, isLocal: true }] }, 'claims'),
  'volume-zone': podRule(usesClaim, {}, { claims: [{ ...claim, zones: ['westeurope-3'] }] }, 'claims'),
  'volume-no-zone': podRule(usesClaim, {}, { claims: [{ ...claim, zones: ['0'] }] }, 'claims'),
  'requests-too-large': podRule(asks(9000), asks(7000), {}, 'pods', sizes({ maxVCpu: 8 })),
  'size-unknown': podRule(asks(9000), asks(250), {}, 'pods', sizes({ series: ['ND v7'] })),
  'fits-no-vng': podRule({ constraints: constraints({ nodeSelector: { disk: 'ssd' } }) }, { constraints: constraints({ nodeSelector: { tier: 'web' } }) }),
  'taint-not-tolerated': podRule({}, { constraints: constraints({ tolerations: [{ key: 'team', operator: 'Exists', value: '', effect: null }, ...constraints().tolerations] }) }, {}, 'pods', { vngs: [vng({ taints: [taint] })] }),
  'lands-elsewhere': podRule({ constraints: requires('tier', 'NotIn', ['web']) }, { constraints: requires('tier', 'NotIn', ['api']) }),
  'no-spot-toleration': podRule({ constraints: constraints({ tolerations: [] }) }, { constraints: constraints({ tolerations: [{ key: null, operator: 'Exists', value: '', effect: null }] }) }),
  'spot-affinity-required': podRule(
    { constraints: requires('kubernetes.azure.com/scalesetpriority', 'In', ['spot']) },
    { constraints: constraints({ preferredAffinity: [{ weight: 1, term: { expressions: [{ key: 'kubernetes.azure.com/scalesetpriority', operator: 'In', values: ['spot'] }], fields: [] } }] }) },
  ),
  'restrict-scale-down': podRule({ labels: { 'spotinst.io/restrict-scale-down': 'true' } }, { labels: { 'spotinst.io/restrict-scale-down': 'false' } }),
  'not-safe-to-evict': podRule({ annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' } }, { annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'true' } }),
  'do-not-disrupt': podRule({ annotations: { 'karpenter.sh/do-not-disrupt': 'true' } }, { annotations: { 'karpenter.sh/do-not-disrupt': 'false' } }),
  'daemonset-stays': { speaks: () => idsOf(withKube(daemonSet({ agentpool: 'npweb' }))), silent: () => idsOf(withKube(daemonSet({}))), notRead: () => idsOf(kubeWithout(daemonSet({ agentpool: 'npweb' }), ['daemonSets'])) },
  'pending-pods': { speaks: () => ofCluster(withKube(pending)), silent: () => ofCluster(withKube({ pods: [pod()] })), notRead: () => ofCluster(kubeWithout(pending, ['pods'])) },
}

const rules = Object.entries(cases) as [FindingId, RuleCase][]

describe('every rule', () => {
  it.each(rules)('%s speaks where it must and is silent where it must not', (id, { speaks, silent }) => {
    expect(speaks()).toContain(id)
    expect(silent()).not.toContain(id)
  })

  it.each(rules.filter(([, { notRead }]) => notRead !== null))('%s says nothing of what was not read', (id, { notRead }) => {
    expect(notRead?.()).not.toContain(id)
  })

  it('begins its sentence with words of its own, as far as a narrow column shows them', () => {
    // The one is never said beside “template not empty”, the other only of a selection.
    const others = rules.filter(([id]) => id !== 'template-judged' && id !== 'pdb-overdrawn')
    const heads = others.map(([id]) => findingRules[id].sentence.split('{')[0]?.slice(0, 20)).filter((head) => head !== '')
    expect(heads).toEqual([...new Set(heads)])
  })

  it('is silent about Kubernetes where none is connected, and each kind that was refused is told', () => {
    expect(idsOf({ kube: null })).toEqual([])
    for (const kind of kubeKinds.filter((each) => each !== 'namespaces')) expect(idsOf(kubeWithout({}, [kind])), kind).toContain('kubernetes-not-read')
  })
})
