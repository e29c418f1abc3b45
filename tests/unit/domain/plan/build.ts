import type { NodePods, PlanBudget, PlanFacts, PlanLanding, PlanNodeFacts } from '@/lib/domain/plan/facts'

export const pods = (change: Partial<NodePods> = {}): NodePods => ({ moved: 3, standalone: [], restricted: [], restrictedWorkloads: [], inTwoBudgets: [], budgets: [], workloads: [], ...change })

export const node = (nodeName: string, change: Partial<PlanNodeFacts> = {}): PlanNodeFacts => ({
  nodeName,
  landing: 0,
  zone: 'westeurope-1',
  allocatable: { milliCpu: 7_800, memoryMiB: 28 * 1024 },
  requested: { milliCpu: 2_000, memoryMiB: 4 * 1024 },
  pods: pods(),
  ...change,
})

export const budget = (name: string, disruptionsAllowed = 1): PlanBudget => ({ name, disruptionsAllowed, currentHealthy: 3, desiredHealthy: 3 - disruptionsAllowed })

export const landing = (change: Partial<PlanLanding> = {}): PlanLanding => ({
  vngId: 'vng-web',
  name: 'web',
  nodesNow: 2,
  maxCount: 10,
  zones: ['1', '2', '3'],
  hasSizes: true,
  maxVCpu: null,
  maxMemoryGiB: null,
  updatedAtMs: null,
  ...change,
})

export const planFacts = (change: Partial<PlanFacts> = {}): PlanFacts => ({
  nodes: [],
  budgets: [],
  workloads: [],
  landings: [landing()],
  limits: { maxVCpu: 100, maxMemoryGiB: 400, vCpuNow: 16, memoryGiBNow: 56 },
  managed: [],
  schedule: { shutdownHours: [], tasks: [] },
  rolls: [],
  kubernetes: { isConnected: true, arePodsRead: true, areBudgetsRead: true, autoscalers: [], poolScaling: { state: 'absent' } },
  ...change,
})
