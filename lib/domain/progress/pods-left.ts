import { outcomeOf, type Outcome } from '../run-rules'
import type { NodeState, RunState } from './state'

/** Whether pods that Spot counts on a node are still left there. Spot's own example of a moved node names one. */
export const leavesPods = (outcome: Outcome): boolean => outcome !== 'moved'

/** Pods left on one old node, by Spot's count; none on a node that is gone from the cluster, null where Spot gives no number. */
export const podsLeftOn = ({ nodeName, status, runningPods }: NodeState, { landing }: Pick<RunState, 'landing'>): number | null =>
  leavesPods(outcomeOf(status)) && !landing.goneOld.has(nodeName) ? runningPods : 0

/** Pods left on the old nodes of a run; null when one of these gives no number. */
export const podsLeftOf = (state: RunState): number | null => {
  let sum = 0
  for (const node of state.nodes.values()) {
    const pods = podsLeftOn(node, state)
    if (pods === null) return null
    sum += pods
  }
  return sum
}
