import { say, titleOf, type Engine } from './engine-context'
import { endRun } from './run'
import { failedLine, stoppedLine } from './run-lines'
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
  say(engine, 'INFO', `${titleOf(run)}: stop was requested.`, run.id)
  engine.after(stopDelayMs, { kind: 'finish-stop', runId: run.id, askedAtMs: engine.state.nowMs })
}

/** Whether pods that were evicted look for a place still, or drained nodes are being deleted. */
const isSettling = ({ work, state }: Engine, run: TwinRun): boolean => {
  const { displaced = new Set<string>(), terminating = new Set<string>() } = work.get(run.id) ?? {}
  for (const id of displaced) if (state.pending.has(id)) return true
  return terminating.size > 0
}

/** Frees what was not drained, and ends the stop once the pods already evicted have a place and drained nodes are gone. */
export const finishStop = (engine: Engine, run: TwinRun, askedAtMs: number): void => {
  if (run.status !== 'IN_PROGRESS') return
  for (const name of run.nodes.keys()) setNode(engine, run, name, 'DID_NOT_REPLACE')
  const isOverdue = engine.state.nowMs - askedAtMs >= stopDelayMs + settleLimitMs
  if (isSettling(engine, run) && !isOverdue) return engine.after(settleMs, { kind: 'finish-stop', runId: run.id, askedAtMs })
  if (keepsShutNodes(engine, run)) say(engine, 'ERROR', failedLine(run, 'uncordonOnStop'), run.id)
  endRun(engine, run, 'STOPPED')
  say(engine, 'INFO', stoppedLine(run), run.id)
}

/** Whether nodes that the stop was to give back are still cordoned. */
const keepsShutNodes = ({ state }: Engine, run: TwinRun): boolean => {
  for (const { nodeName, status } of run.nodes.values()) if (status === 'DID_NOT_REPLACE' && state.nodes.get(nodeName)?.isCordoned) return true
  return false
}
