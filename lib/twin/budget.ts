import type { Budget, Pdb, Pod, TwinState } from './types'

const asCount = (value: number | string, expected: number): number =>
  typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) * expected) / 100)

/** Pods a budget wants healthy at all times (Kubernetes, Disruptions: percentages are rounded up). */
export const wantedHealthy = (pdb: Pdb): number => {
  if (pdb.minAvailable !== null) return asCount(pdb.minAvailable, pdb.expectedPods)
  if (pdb.maxUnavailable !== null) return Math.max(0, pdb.expectedPods - asCount(pdb.maxUnavailable, pdb.expectedPods))
  return 0
}

/** Disruptions that the budget allows now, counted over the whole cluster. */
export const allowedDisruptions = ({ ready, wanted }: Budget): number => Math.max(0, ready - wanted)

/** The budgets over a pod. */
export const budgetsOf = (state: TwinState, pod: Pod): Budget[] => {
  const budgets: Budget[] = []
  for (const id of state.workloads.get(pod.workloadId)?.pdbIds ?? []) {
    const budget = state.budgets.get(id)
    if (budget) budgets.push(budget)
  }
  return budgets
}

/** Its containers do not run yet: Kubernetes' phase Pending. One that never becomes ready runs. */
const isComingUp = ({ phase, isBroken }: Pod): boolean => phase === 'pending' || (phase === 'starting' && !isBroken)

/**
 * Whether the eviction API would let the pod go under these budgets (Kubernetes, API-initiated eviction). One in
 * the phase Pending goes whatever they say; any other under more than one budget never does. One that is not ready
 * may also go while its budget is exactly met (unhealthyPodEvictionPolicy IfHealthyBudget), which Kubernetes does
 * not see in a budget that wants no pod healthy.
 */
export const mayEvict = (pod: Pod, budgets: readonly Budget[]): boolean => {
  if (isComingUp(pod)) return true
  const budget = budgets[0]
  if (budget === undefined) return true
  if (budgets.length > 1) return false
  if (allowedDisruptions(budget) > 0) return true
  return pod.phase !== 'running' && budget.wanted > 0 && budget.ready >= budget.wanted
}
