import type { Pdb, Pod, TwinState } from './types'

const asCount = (value: number | string, expected: number): number =>
  typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) * expected) / 100)

/** Pods a budget wants healthy at all times (Kubernetes, Disruptions: percentages are rounded up). */
export const wantedHealthy = (pdb: Pdb): number => {
  if (pdb.minAvailable !== null) return asCount(pdb.minAvailable, pdb.expectedPods)
  if (pdb.maxUnavailable !== null) return Math.max(0, pdb.expectedPods - asCount(pdb.maxUnavailable, pdb.expectedPods))
  return 0
}

/** Disruptions that the budget allows now, counted over the whole cluster. */
export const allowedDisruptions = (state: TwinState, pdb: Pdb): number =>
  Math.max(0, (state.readyByPdb.get(pdb.id) ?? 0) - wantedHealthy(pdb))

/** The budgets over a pod. */
export const budgetsOf = (state: TwinState, pod: Pod): Pdb[] => {
  const budgets: Pdb[] = []
  for (const id of state.workloads.get(pod.workloadId)?.pdbIds ?? []) {
    const pdb = state.pdbs.get(id)
    if (pdb) budgets.push(pdb)
  }
  return budgets
}

/** Its containers do not run yet: Kubernetes' phase Pending. One that never becomes ready runs. */
const isComingUp = ({ phase, isBroken }: Pod): boolean => phase === 'pending' || (phase === 'starting' && !isBroken)

/**
 * Whether the eviction API would let the pod go (Kubernetes, API-initiated eviction). One in the phase Pending
 * goes whatever its budgets say; any other under more than one budget never does. One that is not ready may also go
 * while its budget is exactly met (unhealthyPodEvictionPolicy IfHealthyBudget), which Kubernetes does not see in a
 * budget that wants no pod healthy.
 */
export const mayEvict = (state: TwinState, pod: Pod): boolean => {
  if (isComingUp(pod)) return true
  const budgets = budgetsOf(state, pod)
  const pdb = budgets[0]
  if (pdb === undefined) return true
  if (budgets.length > 1) return false
  if (allowedDisruptions(state, pdb) > 0) return true
  const wanted = wantedHealthy(pdb)
  return pod.phase !== 'running' && wanted > 0 && (state.readyByPdb.get(pdb.id) ?? 0) >= wanted
}
