import { countsOf, isRunOver, type RunState } from './state'
import { isStopping } from './stop-asked'

/**
 * What a run is about: nothing has been tried yet, nodes are on their way, a stop was asked for and takes effect,
 * or the run is between nodes (it waits for capacity, or its batch has ended and the next has not begun).
 */
export type RunPhase = 'starting' | 'moving' | 'stopping' | 'between' | 'over'

/** The phase a run is in, by what was recorded of it. */
export const phaseOf = (state: RunState): RunPhase => {
  if (isRunOver(state)) return 'over'
  if (isStopping(state)) return 'stopping'
  const { total, toGo, moving } = countsOf(state)
  if (moving > 0) return 'moving'
  return toGo === total ? 'starting' : 'between'
}
