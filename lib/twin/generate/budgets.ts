import { pick, type Random } from '../random'
import type { Pdb, Workload } from '../types'

/** How hard the cluster is to move; in a `guarded` one every workload has a budget that allows nothing. */
export type Temper = 'calm' | 'mixed' | 'guarded'

export type Rule = Pick<Pdb, 'minAvailable' | 'maxUnavailable'>

const usual: readonly Rule[] = [
  { minAvailable: null, maxUnavailable: 1 },
  { minAvailable: null, maxUnavailable: '25%' },
  { minAvailable: '60%', maxUnavailable: null },
  { minAvailable: 1, maxUnavailable: null },
]

/** Allows nothing, as a careful database owner would have it. */
const nothingMayGo: Rule = { minAvailable: '100%', maxUnavailable: null }

/** Below this a usual rule may allow nothing: 60 % of two pods is two. */
const leastReplicas: Record<Temper, number> = { calm: 3, mixed: 2, guarded: 1 }

const ruleFor = (random: Random, workload: Workload, temper: Temper): Rule | null => {
  if (workload.replicas < leastReplicas[temper] || workload.kind === 'Job') return null
  if (temper === 'guarded' || (temper === 'mixed' && workload.name === 'pg-main')) return nothingMayGo
  return random() < 0.35 ? null : pick(random, usual)
}

export const budgetOver = (workload: Workload, name: string, rule: Rule): Pdb => ({
  ...rule,
  id: `${workload.namespace}/${name}`,
  name,
  namespace: workload.namespace,
  expectedPods: workload.replicas,
})

/** A budget as people write them, or none. */
export const budgetFor = (random: Random, workload: Workload, temper: Temper): Pdb | null => {
  const rule = ruleFor(random, workload, temper)
  return rule === null ? null : budgetOver(workload, `${workload.name}-pdb`, rule)
}
