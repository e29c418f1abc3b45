import type { Agenda } from './agenda'
import type { Placement } from './placement'
import type { Random } from './random'
import type { Happening, TwinAction, TwinState, TwinSwitches } from './types'

/** The batch under way of a run: who has not ended yet, and what the cloud gave. */
export type BatchProgress = { open: Set<string>; arrived: Map<string, number>; missing: Map<string, number> }

/** What the parts of the engine work with. `emit` is the only way to change the state. */
export type Engine = {
  state: TwinState
  random: Random
  switches: TwinSwitches
  agenda: Agenda
  placement: Placement
  emit: (happening: Happening) => void
  progress: Map<string, BatchProgress>
  /** Plans an action `delayMs` from now. */
  after: (delayMs: number, action: TwinAction) => void
}

export const say = (engine: Engine, severity: 'INFO' | 'WARN' | 'ERROR', message: string, resourceId: string | null = null) =>
  engine.emit({ kind: 'log', severity, message, resourceId })
