import { scaleForPending } from './autoscale'
import { checkDrained, meetDeadline, tryEviction } from './drain'
import type { Engine } from './engine-context'
import { beat } from './heartbeat'
import { meetIncident, takeBack } from './incidents-met'
import { registerLaunch, settleLaunch } from './launch'
import { finishEviction, retryPending } from './pods'
import { endBatch, failRun, startBatch } from './run'
import { finishStop } from './stop'
import { tendGroups } from './tend-groups'
import { finishTermination } from './termination'
import type { Pod, TwinAction, TwinMs, TwinRun } from './types'

/** The pod as it was meant when the action was planned: a later one may bear the same id. */
const samePod = ({ state }: Engine, podId: string, createdAtMs: TwinMs, phase: Pod['phase']): Pod | null => {
  const pod = state.pods.get(podId)
  return pod?.createdAtMs === createdAtMs && pod.phase === phase ? pod : null
}

const becomeReady = (engine: Engine, podId: string, createdAtMs: TwinMs): void => {
  if (samePod(engine, podId, createdAtMs, 'starting') === null) return
  engine.emit({ kind: 'pod-ready', podId })
}

const leave = (engine: Engine, podId: string, createdAtMs: TwinMs): void => {
  const pod = samePod(engine, podId, createdAtMs, 'terminating')
  if (pod === null) return
  finishEviction(engine, pod)
  if (pod.nodeName !== null) checkDrained(engine, pod.nodeName)
}

type RunAction = Exclude<Extract<TwinAction, { runId: string }>, { kind: 'terminate-node' }>

const actOnRun = (engine: Engine, run: TwinRun, action: RunAction): void => {
  switch (action.kind) {
    case 'start-batch':
      return startBatch(engine, run, action.batch)
    case 'evict':
      return tryEviction(engine, run, action)
    case 'drain-deadline':
      return meetDeadline(engine, run, action.nodeName)
    case 'end-batch':
      return endBatch(engine, run, action.batch)
    case 'incident':
      return meetIncident(engine, run, action.incident)
    case 'technical-timeout':
      return run.status === 'IN_PROGRESS' && !run.isStopping ? failRun(engine, run, 'timeout') : undefined
    case 'finish-stop':
      return finishStop(engine, run, action.askedAtMs)
  }
}

/** Does what was planned for now. */
export const act = (engine: Engine, action: TwinAction): void => {
  switch (action.kind) {
    case 'heartbeat':
      return beat(engine)
    case 'launch-registers':
      return registerLaunch(engine, action.launchId)
    case 'launch-settles':
      return settleLaunch(engine, action.launchId)
    case 'pod-ready':
      return becomeReady(engine, action.podId, action.createdAtMs)
    case 'pod-gone':
      return leave(engine, action.podId, action.createdAtMs)
    case 'take-back':
      return takeBack(engine, action.nodeName)
    case 'terminate-node':
      return finishTermination(engine, action)
    case 'tend-groups':
      return tendGroups(engine)
    case 'retry-pending':
      retryPending(engine)
      return scaleForPending(engine)
    default: {
      const run = engine.state.runs.get(action.runId)
      if (run) actOnRun(engine, run, action)
    }
  }
}
