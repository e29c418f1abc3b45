import { titleOf, type Engine } from '../engine-context'
import { can } from '@/lib/domain/run-rules'
import { askToStop } from '../stop'
import type { Outcome, TwinRun } from '../types'
import { conflict, missing } from './refuse'

/** Asks a run to stop; asking twice is no error while it stops. */
export const stopRun = (engine: Engine, runId: string): Outcome<TwinRun> => {
  const run = engine.state.runs.get(runId)
  if (run === undefined) return missing(`Migration ${runId} was not found.`)
  if (!can.stop(run.status)) return conflict('INVALID_STATE', `${titleOf(run)} is not in progress and cannot be stopped.`)
  askToStop(engine, run)
  return { ok: true, value: run }
}
