import type { NodeStatus } from '@/lib/domain/run-rules'
import { isFinalNode } from '@/lib/domain/run-rules'
import type { Engine } from './engine-context'
import type { TwinRun } from './types'

const betweenBatchesMs = 15_000

/** Sets a node's status; a final one keeps the names of the pods that were left, and frees an undrained node. */
export const setNode = (engine: Engine, run: TwinRun, nodeName: string, status: NodeStatus, vngId?: string | null): void => {
  const node = run.nodes.get(nodeName)
  if (node === undefined || isFinalNode(node.status)) return
  const podNames = isFinalNode(status) ? [...(engine.state.podsByNode.get(nodeName) ?? [])] : null
  engine.emit({ kind: 'run-node', runId: run.id, nodeName, status, vngId: vngId === undefined ? node.vngId : vngId, podNames })
  const isKept = isFinalNode(status) && status !== 'REPLACED'
  if (isKept && engine.state.nodes.get(nodeName)?.isCordoned) engine.emit({ kind: 'node-cordoned', nodeName, isCordoned: false })
}

/** Ends a node of the current batch; the last one to end closes the batch. */
export const endNode = (engine: Engine, run: TwinRun, nodeName: string, status: NodeStatus): void => {
  setNode(engine, run, nodeName, status)
  const progress = engine.progress.get(run.id)
  if (progress === undefined || !progress.open.delete(nodeName) || progress.open.size > 0) return
  engine.after(betweenBatchesMs, { kind: 'end-batch', runId: run.id, batch: run.currentBatch })
}
