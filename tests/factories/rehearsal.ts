import type { PodTuple, RehearsalFacts, RehearsalNode, RehearsalPods, RehearsalWorkload } from '@/lib/domain/rehearsal/facts'
import type { RehearsalPlan } from '@/lib/rehearsal/plan'
import { rehearseOnce, type RehearsedRun } from '@/lib/rehearsal/run-once'
import { toTwinSpec } from '@/lib/rehearsal/spec'

/** Builders for the facts of clusters small enough to be read in a test. */

const group = {
  name: 'web',
  availabilityZones: ['1', '2', '3'],
  labels: { tier: 'web' },
  taints: [],
  vmSizes: [],
  sizeGap: null,
  osType: 'Linux' as const,
  architecture: null,
  osSku: null,
  maxPodsPerNode: 110,
  minCount: 0,
  maxCount: 1000,
  spotPercentage: 0,
  fallbackToOd: true,
  drainingTimeoutSeconds: 300,
}
export const webGroup = { ...group, vngId: 'vng-web' }

export const rehearsalNode = (nodeName: string, change: Partial<RehearsalNode> = {}): RehearsalNode => ({
  nodeName,
  poolName: 'npweb',
  carrier: 0,
  vngId: null,
  isDiscovered: true,
  match: 'vng-web',
  vmSize: 'Standard_D4s_v5',
  zone: 'westeurope-1',
  isSpot: false,
  allocatable: { milliCpu: 3860, memoryMiB: 14_000, gpu: 0 },
  maxPods: 110,
  isReady: true,
  isCordoned: false,
  runningPods: 2,
  requested: { milliCpu: 400, memoryMiB: 512, gpu: 0 },
  ...change,
})

export const rehearsalWorkload = (name: string, change: Partial<RehearsalWorkload> = {}): RehearsalWorkload => ({
  kind: 'Deployment',
  namespace: 'shop',
  name,
  requests: { milliCpu: 200, memoryMiB: 256, gpu: 0 },
  nodeSelector: {},
  requiredAffinity: null,
  preferredAffinity: [],
  tolerations: [],
  isTiedToPods: false,
  isScaleDownRestricted: false,
  budgets: [],
  ...change,
})

export const rehearsalPods = (workloads: RehearsalWorkload[], pods: PodTuple[], change: Partial<RehearsalPods> = {}): RehearsalPods => ({
  workloads,
  budgets: [],
  zones: [],
  pods,
  areBudgetsRead: true,
  areVolumesRead: true,
  ...change,
})

export const factsWith = (change: Partial<RehearsalFacts> = {}): RehearsalFacts => ({
  cluster: { id: 'o-1', name: 'prod', region: 'westeurope', resourceGroup: 'rg', maxVCpu: null, maxMemoryGiB: null },
  template: { ...group, name: 'Default', labels: {} },
  groups: [webGroup],
  carriers: [{ labels: { tier: 'web', 'kubernetes.azure.com/mode': 'user' }, taints: [] }],
  nodes: [rehearsalNode('node-a'), rehearsalNode('node-b')],
  kubernetes: null,
  ...change,
})

export const rehearsalPlan = (nodeNames: string[], options: Partial<RehearsalPlan['options']> = {}): RehearsalPlan => ({
  nodeNames,
  options: { batchSizePercentage: 50, batchMinHealthyPercentage: 50, respectPdb: true, respectRestrictScaleDown: false, shouldTerminateNodes: true, shouldEvictStandalonePods: true, ...options },
  readings: ['M1'],
})

/** One rehearsal of all nodes that Ocean does not manage. */
export const rehearsed = (facts: RehearsalFacts, options: Partial<RehearsalPlan['options']> = {}, seed = 1): RehearsedRun => {
  const nodeNames = facts.nodes.flatMap(({ nodeName, vngId }) => (vngId === null ? [nodeName] : []))
  const run = rehearseOnce(toTwinSpec(facts), rehearsalPlan(nodeNames, options), seed)
  if ('refusal' in run) throw new Error(run.refusal)
  return run
}
