import { say, type Engine } from './engine-context'
import { removeNode } from './pods'
import { failRun } from './run'

const refused = (engine: Engine, runId: string, nodeName: string): void => {
  say(engine, 'ERROR', `Node ${nodeName} could not be terminated: Azure refused the request.`, nodeName)
  const run = engine.state.runs.get(runId)
  if (run?.status === 'IN_PROGRESS') failRun(engine, run, run.isStopping ? 'terminateOnStop' : 'terminate')
}

/** The end of a planned termination; a run whose old nodes cannot be deleted fails. */
export const finishTermination = (engine: Engine, { runId, nodeName }: { runId: string; nodeName: string }): void => {
  engine.work.get(runId)?.terminating.delete(nodeName)
  if (!engine.state.nodes.has(nodeName)) return
  if (engine.switches.isTerminationDenied) return refused(engine, runId, nodeName)
  removeNode(engine, nodeName)
  say(engine, 'INFO', `Node ${nodeName} was terminated.`, nodeName)
}
