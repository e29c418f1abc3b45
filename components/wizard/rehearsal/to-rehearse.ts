import type { BatchModel, BatchReading } from '@/lib/domain/batches/batch-sizes'
import { openReadings } from '@/lib/domain/batches/learn'
import type { RehearsalPlan } from '@/lib/rehearsal/plan'
import { plannedNames, type Plan } from '../use-plan'

const switches: Record<BatchModel, RehearsalPlan['readings'][number]> = { fixed: 'M1', equal: 'M2', cluster: 'M3' }

/** Parts that are not quite equal are there once for each order of the larger ones, the larger first. */
const switchesOf = (open: readonly BatchReading[]): RehearsalPlan['readings'] =>
  open.map(({ model }, index) => (model === 'equal' && open[index - 1]?.model === 'equal' ? 'M2-floor' : switches[model]))

/** The plan as it is rehearsed. Null while there is nothing to rehearse. */
export const toRehearse = (plan: Pick<Plan, 'batches' | 'preferences' | 'readings' | 'learned'>): RehearsalPlan | null => {
  const nodeNames = plannedNames(plan)
  if (plan.preferences === null || nodeNames.length === 0) return null
  const { comment: _comment, ...options } = plan.preferences
  return { nodeNames, options, readings: switchesOf(openReadings(plan.readings, plan.learned)) }
}

/** True while both would be rehearsed alike: the same nodes in the same order, options and readings. */
export const isSamePlan = (a: RehearsalPlan, b: RehearsalPlan): boolean => JSON.stringify(a) === JSON.stringify(b)
