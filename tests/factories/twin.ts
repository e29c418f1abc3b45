import { createTwin } from '@/lib/twin/twin'
import type { Pdb, Pod, RunOptions, Twin, TwinEvent, TwinNode, TwinRun, TwinSpec, TwinSwitches, TwinVng, VngSettings, Workload } from '@/lib/twin/types'

/** Builders for clusters small enough to be read in a test; each takes what the test is about. */

export const settings: VngSettings = {
  availabilityZones: ['1', '2', '3'],
  labels: {},
  taints: [],
  vmSizes: [],
  osType: 'Linux',
  maxPodsPerNode: 110,
  minCount: 0,
  maxCount: 1000,
  spotPercentage: 0,
  fallbackToOd: true,
  drainingTimeoutSeconds: 300,
  extra: {},
}

export const vng = (id: string, change: Partial<TwinVng> = {}): TwinVng => ({ ...settings, id, name: id, createdAtMs: 0, updatedAtMs: 0, ...change })

export const node = (name: string, change: Partial<TwinNode> = {}): TwinNode => ({
  name,
  poolName: 'npweb',
  mode: 'user',
  vngId: null,
  vmSize: 'Standard_D4s_v5',
  zone: 'westeurope-1',
  labels: { 'kubernetes.io/hostname': name },
  taints: [],
  allocatable: { milliCpu: 3860, memoryMiB: 14_000, gpu: 0 },
  maxPods: 110,
  isReady: true,
  isCordoned: false,
  lifecycle: 'OnDemand',
  createdAtMs: -1000,
  ipAddress: '10.0.0.4',
  nodeId: `vm-${name}`,
  ...change,
})

export const workload = (name: string, change: Partial<Workload> = {}): Workload => ({
  id: `shop/${name}`,
  name,
  namespace: 'shop',
  kind: 'Deployment',
  replicas: 1,
  requests: { milliCpu: 200, memoryMiB: 256, gpu: 0 },
  labels: { app: name },
  nodeSelector: {},
  requiredAffinity: [],
  preferredAffinity: [],
  tolerations: [],
  toleratesSpot: true,
  isScaleDownRestricted: false,
  startUpMs: 10_000,
  terminationMs: 5_000,
  hasVolumes: false,
  localData: 'none',
  annotations: {},
  pdbIds: [],
  ...change,
})

export const pod = (of: Workload, ordinal: number, nodeName: string | null, change: Partial<Pod> = {}): Pod => {
  const name = of.kind === 'StatefulSet' ? `${of.name}-${ordinal}` : `${of.name}-template-${ordinal}`
  return {
    id: `${of.namespace}/${name}`,
    name,
    namespace: of.namespace,
    workloadId: of.id,
    nodeName,
    phase: nodeName === null ? 'pending' : 'running',
    isBroken: false,
    volumeZone: null,
    reason: null,
    createdAtMs: -1000,
    ...change,
  }
}

export const pdb = (id: string, rule: Partial<Pdb>): Pdb => ({ id, name: id, namespace: 'shop', minAvailable: null, maxUnavailable: null, expectedPods: 1, ...rule })

export const spec = (change: Partial<TwinSpec>): TwinSpec => ({
  cluster: {
    id: 'o-1a2b3c4d',
    name: 'prod',
    region: 'westeurope',
    resourceGroup: 'rg-prod',
    kubernetesVersion: '1.33.2',
    maxVCpu: 1000,
    maxMemoryGiB: 4000,
    template: settings,
    createdAtMs: -1000,
    updatedAtMs: -1000,
    extra: {},
  },
  vngs: [],
  pools: [],
  nodes: [],
  workloads: [],
  pdbs: [],
  pods: [],
  runs: [],
  log: [],
  ...change,
})

export const options: RunOptions = {
  batchSizePercentage: 20,
  batchMinHealthyPercentage: 50,
  respectPdb: true,
  respectRestrictScaleDown: false,
  shouldTerminateNodes: true,
  shouldEvictStandalonePods: true,
}

/** A cluster of `nodeCount` alike nodes with a pod of the workload on each. */
export const evenSpec = (nodeCount: number, of: Workload, change: Partial<TwinSpec> = {}): TwinSpec => {
  const nodes = Array.from({ length: nodeCount }, (_, index) => node(`n${index}`, { zone: `westeurope-${(index % 3) + 1}` }))
  const owner = { ...of, replicas: nodeCount }
  return spec({ nodes, workloads: [owner], pods: nodes.map(({ name }, index) => pod(owner, index, name)), ...change })
}

type Started = { twin: Twin; run: TwinRun }

/** A twin with a migration of the named nodes (all, when left out) under way. */
export const started = (given: TwinSpec, change: Partial<RunOptions> = {}, switches: Partial<TwinSwitches> = {}, nodeNames?: string[]): Started => {
  const twin = createTwin({ spec: given, seed: 1, switches })
  const names = nodeNames ?? given.nodes.filter(({ vngId, mode }) => vngId === null && mode === 'user').map(({ name }) => name)
  const outcome = twin.command({ kind: 'start-run', input: { nodeNames: names, nodePoolNames: null, comment: null, options: { ...options, ...change } } })
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  return { twin, run: outcome.value }
}

export const statuses = (run: TwinRun): string[] => [...run.nodes.values()].map(({ status }) => status)

export const messages = (events: TwinEvent[]): string[] => events.flatMap((event) => (event.kind === 'log' ? [event.message] : []))
