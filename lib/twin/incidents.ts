import type { Engine } from './engine-context'
import type { TwinRun } from './types'

/** Plans what is to go wrong in the batch that has just begun. */
export const planIncidents = (engine: Engine, run: TwinRun): void => {
  for (const incident of engine.switches.incidents)
    if (incident.inBatch === run.currentBatch) engine.after(incident.afterMs, { kind: 'incident', runId: run.id, incident })
}
