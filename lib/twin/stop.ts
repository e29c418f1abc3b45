import { say, type Engine } from './engine-context'
import { endRun } from './run'
import { setNode } from './run-node'
import type { TwinRun } from './types'

const stopDelayMs = 60_000
const settleMs = 15_000
/** A stop ends after this much longer even if pods have found no place. */
const settleLimitMs = 240_000

/**
 * Asks a run to stop (Spot API, Stop Migration): no further pod is evicted and the next batch does not
 * start. The vendor's list has no "stopping": the status stays until the run has settled.
 */
export const askToStop = (engine: Engine, run: TwinRun): void => {
  if (run.isStopping) return
  engine.emit({ kind: 'stop-asked', runId: run.id })
  say(engine, 'INFO', `Migration ${run.id}: stop was requested.`, run.id)
  engine.after(stopDelayMs, { kind: 'finish-stop', runId: run.id, askedAtMs: engine.state.nowMs })
}

const hasHomelessPods = (engine: Engine, run: TwinRun): boolean => {
  for (const id of engine.work.get(run.id)?.displaced ?? []) if (engine.state.pending.has(id)) return true
  return false
}

/** Frees what was not drained, and ends the stop once the pods already evicted have a place. */
export const finishStop = (engine: Engine, run: TwinRun, askedAtMs: number): void => {
  if (run.status !== 'IN_PROGRESS') return
  for (const name of run.nodes.keys()) setNode(engine, run, name, 'DID_NOT_REPLACE')
  const isOverdue = engine.state.nowMs - askedAtMs >= stopDelayMs + settleLimitMs
  if (hasHomelessPods(engine, run) && !isOverdue) return engine.after(settleMs, { kind: 'finish-stop', runId: run.id, askedAtMs })
  endRun(engine, run, 'STOPPED')
  say(engine, 'INFO', `Migration ${run.id} was stopped.`, run.id)
}
