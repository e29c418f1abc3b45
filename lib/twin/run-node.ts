import type { NodeStatus } from '@/lib/domain/run-rules'
import { isFinalNode } from '@/lib/domain/run-rules'
import { say, type Engine } from './engine-context'
import { retrySoon } from './pods'
import type { TwinRun } from './types'
import { movablePods } from './views'

const betweenBatchesMs = 15_000

/** Sets a node's status. A final one keeps the names of the pods that were left, and frees a node that stays. */
export const setNode = (engine: Engine, run: TwinRun, nodeName: string, status: NodeStatus, vngId?: string | null): void => {
  const node = run.nodes.get(nodeName)
  if (node === undefined || isFinalNode(node.status)) return
  const podNames = isFinalNode(status) ? movablePods(engine.state, nodeName).map(({ name }) => name) : null
  engine.emit({ kind: 'run-node', runId: run.id, nodeName, status, vngId: vngId === undefined ? node.vngId : vngId, podNames })
  if (isFinalNode(status) && status !== 'REPLACED') giveBack(engine, nodeName)
}

/** Opens a node that stays for pods again. It is the controller that does it: while it is silent the node stays shut. */
const giveBack = (engine: Engine, nodeName: string): void => {
  if (!engine.state.nodes.get(nodeName)?.isCordoned) return
  if (engine.switches.isUncordonDenied || engine.state.isControllerSilent) return say(engine, 'WARN', `Node ${nodeName} could not be uncordoned.`, nodeName)
  engine.emit({ kind: 'node-cordoned', nodeName, isCordoned: false })
  retrySoon(engine)
}

/** Ends a node of the current batch; the last one to end closes the batch. */
export const endNode = (engine: Engine, run: TwinRun, nodeName: string, status: NodeStatus): void => {
  setNode(engine, run, nodeName, status)
  const work = engine.work.get(run.id)
  if (work === undefined || !work.open.delete(nodeName) || work.open.size > 0) return
  work.drainedAtMs = engine.state.nowMs
  engine.after(betweenBatchesMs, { kind: 'end-batch', runId: run.id, batch: run.currentBatch })
}

/** A selected node that the cluster no longer has. */
export const loseNode = (engine: Engine, run: TwinRun, nodeName: string): void => {
  say(engine, 'WARN', `Node ${nodeName} no longer exists in the cluster.`, nodeName)
  endNode(engine, run, nodeName, 'COULD_NOT_BE_REPLACED')
}
