import { isRunOver, type NodeState, type RunState } from '../progress/state'
import { outcomeOf, type Outcome } from '../run-rules'

const canVanish: ReadonlySet<Outcome> = new Set(['failed', 'skipped', 'untouched'])

/** Gone from Spot's list without having moved: it counts as vanished, whatever its status, once its outcome is settled; in a run that is over also when it was never begun. One that was moving may have been moved. */
export const hasVanished = ({ nodeName, status }: Pick<NodeState, 'nodeName' | 'status'>, { landing, facts }: Pick<RunState, 'landing' | 'facts'>): boolean => {
  const outcome = outcomeOf(status)
  return landing.goneOld.has(nodeName) && (canVanish.has(outcome) || (outcome === 'toGo' && isRunOver({ facts })))
}
