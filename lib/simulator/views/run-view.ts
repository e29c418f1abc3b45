import type { RunNode, TwinRun, TwinState } from '@/lib/twin/types'
import { isFinalNode } from '@/lib/domain/run-rules'
import type { World } from '../world'

const vngFields = (state: TwinState, vngId: string | null) => {
  const vng = vngId === null ? undefined : state.vngs.get(vngId)
  return vng === undefined ? {} : { vngId: vng.id, vngName: vng.name }
}

const oldNodeView = (state: TwinState, node: RunNode) => {
  const podNames = node.podNames ?? [...(state.podsByNode.get(node.nodeName) ?? [])]
  return {
    nodeName: node.nodeName,
    nodePoolName: node.poolName,
    ...vngFields(state, node.vngId),
    status: node.status,
    podDetails: podNames.map((podName) => ({ podName })),
    runningPods: podNames.length,
  }
}

const progressOf = (run: TwinRun): number => {
  const nodes = [...run.nodes.values()]
  const tried = nodes.filter(({ status }) => isFinalNode(status) && status !== 'DID_NOT_REPLACE').length
  return nodes.length === 0 ? 0 : Math.round((tried / nodes.length) * 10_000) / 100
}

/** A migration as Create, Get, List and Stop Migration return it. */
export const runView = (world: World, state: TwinState, clusterId: string, run: TwinRun) => {
  const endKey = { STOPPED: 'stoppedAt', FAILED: 'erredAt', COMPLETED: 'completedAt', PARTLY_COMPLETED: 'completedAt', IN_PROGRESS: null }[run.status]
  const progress = {
    progressPercentage: progressOf(run),
    detailedStatus: {
      oldNodes: [...run.nodes.values()].map((node) => oldNodeView(state, node)),
      scaleNodePools: [...run.capacity.values()].map(({ poolName, newNodes, vngId, status }) => ({
        nodePoolName: poolName,
        newNodes,
        ...vngFields(state, vngId),
        [world.wire.scaleStatusKey]: status,
      })),
    },
  }
  const { batchSizePercentage: _notReturned, ...options } = run.options
  return {
    id: run.id,
    oceanId: clusterId,
    status: run.status,
    currentBatch: run.currentBatch,
    numOfBatches: run.numOfBatches,
    ...(run.comment === null ? {} : { comment: run.comment }),
    [world.wire.progressKey]: progress,
    ...options,
    createdAt: world.stamp(run.createdAtMs),
    ...(run.endedAtMs === null || endKey === null ? {} : { [endKey]: world.stamp(run.endedAtMs) }),
  }
}

