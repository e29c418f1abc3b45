import { nothingRead, type KubeConstraints, type KubeFacts, type KubeNode, type KubePdb, type KubePod, type KubeWorkload } from '@/lib/domain/kube-facts'
import { assessCluster, type ClusterToAssess, type ReportedNode } from '@/lib/domain/readiness/assess-cluster'
import { indexKube } from '@/lib/domain/readiness/kube-index'
import { vng as vngSchema, vngSpec, type Vng } from '@/lib/spot/schemas/vng'

const nowMs = 1_000_000_000
export const age = { nowMs, limitMs: 300_000, spotReadAtMs: nowMs - 1000 }

export const spotToleration = { key: 'kubernetes.azure.com/scalesetpriority', operator: 'Equal', value: 'spot', effect: 'NoSchedule' } as const

export const constraints = (change: Partial<KubeConstraints> = {}): KubeConstraints => ({
  nodeSelector: {},
  requiredAffinity: null,
  preferredAffinity: [],
  tolerations: [spotToleration],
  requests: { milliCpu: 250, memoryMiB: 512, gpu: 0 },
  ...change,
})

/** A pod of a healthy Deployment that nothing keeps from moving. */
export const pod = (change: Partial<KubePod> = {}): KubePod => ({
  namespace: 'shop',
  name: 'web-1',
  nodeName: 'node-a',
  phase: 'Running',
  isReady: true,
  isTerminating: false,
  owner: { kind: 'Deployment', name: 'web' },
  labels: { app: 'web' },
  annotations: {},
  constraints: constraints(),
  volumes: [],
  pendingReason: null,
  ...change,
})

export const pdb = (change: Partial<KubePdb> = {}): KubePdb => ({
  namespace: 'shop',
  name: 'web-pdb',
  selector: { matchLabels: { app: 'web' }, matchExpressions: [] },
  minAvailable: 2,
  maxUnavailable: null,
  expectedPods: 3,
  currentHealthy: 3,
  desiredHealthy: 2,
  disruptionsAllowed: 1,
  unhealthyPodEvictionPolicy: null,
  ...change,
})

export const kubeNode = (change: Partial<KubeNode> = {}): KubeNode => ({
  name: 'node-a',
  kubeletVersion: 'v1.33.2',
  isUnschedulable: false,
  isReady: true,
  labels: {},
  taints: [],
  allocatable: { milliCpu: 3860, memoryMiB: 14_000, gpu: 0, pods: 110 },
  ...change,
})

const workload = (name: string, replicas: number): KubeWorkload => ({
  kind: 'Deployment',
  namespace: 'shop',
  name,
  replicas,
  readyReplicas: replicas,
  template: { labels: { app: name }, annotations: {}, constraints: constraints() },
})

type Items = { [Kind in keyof KubeFacts]: Extract<KubeFacts[Kind], { state: 'read' }>['items'] }

/** Everything read a second ago; what is not given is empty. */
export const factsOf = (items: Partial<Items> = {}): KubeFacts => {
  const read = <Item>(list: Item[] | undefined) => ({ state: 'read' as const, items: list ?? [], readAtMs: nowMs - 1000 })
  return {
    nodes: read(items.nodes ?? [kubeNode()]),
    pods: read(items.pods),
    workloads: read(items.workloads ?? [workload('web', 3), workload('solo', 1)]),
    pdbs: read(items.pdbs),
    daemonSets: read(items.daemonSets),
    claims: read(items.claims),
    namespaces: read(items.namespaces ?? [{ name: 'shop', labels: {} }]),
    autoscaler: read(items.autoscaler),
  }
}

export const unread = nothingRead

export const reported = (change: Partial<ReportedNode> = {}): ReportedNode => ({
  nodeName: 'node-a',
  virtualNodeGroupId: null,
  allocatableMilliCpu: 3860,
  allocatableMemoryInMiB: 14_000,
  nodeStatus: 'TRUE',
  labels: { tier: 'web' },
  taints: [],
  availabilityZone: 'westeurope-1',
  ...change,
})

export const vng = (change: Record<string, unknown> = {}): Vng =>
  vngSchema.parse({ id: 'vng-web', name: 'web', labels: { tier: 'web' }, availabilityZones: ['1', '2'], ...change })

export const template = (change: Record<string, unknown> = {}) => vngSpec.parse({ availabilityZones: ['1', '2'], ...change })

/** A cluster of one node that is ready in every respect. */
export const clusterOf = (change: Partial<ClusterToAssess> = {}): ClusterToAssess => ({
  nodes: [{ nodeName: 'node-a', match: { kind: 'vng', vngId: 'vng-web', vngName: 'web' }, isMatchKnown: true }],
  reported: [reported()],
  vngs: [vng()],
  template: template(),
  limits: { maxVCpu: 1000, maxMemoryGib: 4000 },
  heartbeat: 'reporting',
  kube: indexKube(factsOf({ pods: [pod()] })),
  age,
  ...change,
})

/** The rules that speak about the one node. */
export const findingsOf = (change: Partial<ClusterToAssess> = {}) => assessCluster(clusterOf(change)).nodes.get('node-a')?.findings ?? []

export const idsOf = (change: Partial<ClusterToAssess> = {}): string[] => findingsOf(change).map(({ id }) => id)

/** The cluster with these Kubernetes facts. */
export const withKube = (items: Partial<Items>): Partial<ClusterToAssess> => ({ kube: indexKube(factsOf(items)) })
