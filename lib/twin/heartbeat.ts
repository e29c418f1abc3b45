import type { Engine } from './engine-context'
import { failRun } from './run'
import type { TwinState } from './types'

const heartbeatMs = 30_000
/** A controller not heard of for this long counts as lost. */
const staleAfterMs = 300_000
/** A run that has had no controller for this long fails. */
const lostAfterMs = 600_000

/** Whether the controller has been silent for too long. */
export const isHeartbeatStale = (state: TwinState): boolean => state.nowMs - state.lastHeartbeatMs >= staleAfterMs

/** The controller reports, or does not; a live run does not survive without it. */
export const beat = (engine: Engine): void => {
  const { state } = engine
  if (!state.isControllerSilent) engine.emit({ kind: 'heartbeat' })
  else if (state.nowMs - state.lastHeartbeatMs >= lostAfterMs)
    for (const runId of [...engine.work.keys()]) {
      const run = state.runs.get(runId)
      if (run?.status === 'IN_PROGRESS' && !run.isStopping) failRun(engine, run, 'connectivity')
    }
  engine.after(heartbeatMs, { kind: 'heartbeat' })
}
