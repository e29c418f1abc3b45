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

/** The budget over a pod, if there is one. */
export const budgetOf = (state: TwinState, pod: Pod): Pdb | null => {
  const pdbId = state.workloads.get(pod.workloadId)?.pdbId
  return pdbId == null ? null : (state.pdbs.get(pdbId) ?? null)
}

/**
 * Whether the eviction API would let the pod go (Kubernetes, API-initiated eviction). A pod that is not
 * ready may also go while its budget is exactly met (unhealthyPodEvictionPolicy IfHealthyBudget).
 */
export const mayEvict = (state: TwinState, pod: Pod): boolean => {
  const pdb = budgetOf(state, pod)
  if (pdb === null || allowedDisruptions(state, pdb) > 0) return true
  return pod.phase !== 'running' && (state.readyByPdb.get(pdb.id) ?? 0) >= wantedHealthy(pdb)
}
