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
import type { Pod, TwinAction, TwinRun } from './types'

// A pod that is gone has no node, and a later one of the same id is another.
const becomeReady = (engine: Engine, { id, nodeName, phase }: Pod): void => {
  if (nodeName !== null && phase === 'starting') engine.emit({ kind: 'pod-ready', podId: id })
}

const leave = (engine: Engine, pod: Pod): void => {
  const { nodeName } = pod
  if (nodeName === null) return
  finishEviction(engine, pod)
  checkDrained(engine, nodeName)
}

type RunAction = Exclude<Extract<TwinAction, { runId: string }>, { kind: 'terminate-node' }>

const actOnRun = (engine: Engine, run: TwinRun, action: RunAction): void => {
  switch (action.kind) {
    case 'start-batch':
      return startBatch(engine, run, action.batch)
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
      return becomeReady(engine, action.pod)
    case 'pod-gone':
      return leave(engine, action.pod)
    case 'evict':
      return tryEviction(engine, action)
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
