import type { Pdb, TwinState } from './types'

const asCount = (value: number | string, expected: number): number =>
  typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) * expected) / 100)

/** Pods a budget wants healthy at all times (Kubernetes: percentages are rounded up). */
export const wantedHealthy = (pdb: Pdb): number => {
  if (pdb.minAvailable !== null) return asCount(pdb.minAvailable, pdb.expectedPods)
  if (pdb.maxUnavailable !== null) return Math.max(0, pdb.expectedPods - asCount(pdb.maxUnavailable, pdb.expectedPods))
  return 0
}

/** Disruptions that the budget allows now, counted over the whole cluster. */
export const allowedDisruptions = (state: TwinState, pdb: Pdb): number =>
  Math.max(0, (state.readyByPdb.get(pdb.id) ?? 0) - wantedHealthy(pdb))
