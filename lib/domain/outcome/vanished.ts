import type { NodeState, RunState } from '../progress/state'
import { outcomeOf, type Outcome } from '../run-rules'

const canVanish: ReadonlySet<Outcome> = new Set(['failed', 'skipped', 'untouched'])

/** Gone from Spot's list without having moved: it counts as vanished, whatever its status, once its outcome is settled. */
export const hasVanished = ({ nodeName, status }: Pick<NodeState, 'nodeName' | 'status'>, { landing }: Pick<RunState, 'landing'>): boolean => landing.goneOld.has(nodeName) && canVanish.has(outcomeOf(status))
