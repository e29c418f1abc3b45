import { pick, type Random } from '../random'
import type { Pdb, Workload } from '../types'

/** How hard the cluster is to move. */
export type Temper = 'calm' | 'mixed'

type Rule = Pick<Pdb, 'minAvailable' | 'maxUnavailable'>

const usual: readonly Rule[] = [
  { minAvailable: null, maxUnavailable: 1 },
  { minAvailable: null, maxUnavailable: '25%' },
  { minAvailable: '60%', maxUnavailable: null },
  { minAvailable: 1, maxUnavailable: null },
]

/** Allows nothing, as a careful database owner would have it. */
const nothingMayGo: Rule = { minAvailable: '100%', maxUnavailable: null }

const ruleFor = (random: Random, workload: Workload, temper: Temper): Rule | null => {
  if (workload.replicas < 2 || workload.kind === 'Job') return null
  if (temper === 'mixed' && workload.name === 'pg-main') return nothingMayGo
  return random() < 0.35 ? null : pick(random, usual)
}

/** A budget as people write them, or none. */
export const budgetFor = (random: Random, workload: Workload, temper: Temper): Pdb | null => {
  const rule = ruleFor(random, workload, temper)
  if (rule === null) return null
  return { ...rule, id: workload.id, name: `${workload.name}-pdb`, namespace: workload.namespace, expectedPods: workload.replicas }
}
