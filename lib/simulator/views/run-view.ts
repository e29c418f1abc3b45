import { groupById } from '@/lib/twin/groups'
import type { RunNode, TwinRun, TwinState } from '@/lib/twin/types'
import { movablePods, progressPercentage } from '@/lib/twin/views'
import type { World } from '../world'
import { capacityWord, nodeWord, runWord } from './status-words'

const vngFields = ({ wire }: World, state: TwinState, vngId: string | null) => {
  const vng = vngId === null || wire.isRunGroupLeftOut ? null : groupById(state, vngId)
  return vng === null ? {} : { vngId: vng.id, vngName: vng.name }
}

/** What is on the node now, or was left on it when its outcome became final. Names stand without their namespace. */
const podNamesOf = (state: TwinState, { podNames, nodeName }: RunNode): string[] =>
  podNames?.map((name) => name.slice(name.indexOf('/') + 1)) ?? movablePods(state, nodeName).map(({ name }) => name)

const oldNodeView = (world: World, state: TwinState, node: RunNode) => {
  const podNames = podNamesOf(state, node)
  return {
    nodeName: node.nodeName,
    nodePoolName: node.poolName,
    ...vngFields(world, state, node.vngId),
    status: nodeWord(world.wire, node.status),
    podDetails: podNames.map((podName) => ({ podName })),
    runningPods: podNames.length,
  }
}

const endKeys = { STOPPED: 'stoppedAt', FAILED: 'erredAt', COMPLETED: 'completedAt', PARTLY_COMPLETED: 'completedAt', IN_PROGRESS: null } as const

/** A migration as Create, Get, List and Stop Migration return it. */
export const runView = (world: World, state: TwinState, clusterId: string, run: TwinRun) => {
  const { wire } = world
  const endKey = endKeys[run.status]
  const percentage = { progressPercentage: Math.round(progressPercentage(run) * 100) / 100 }
  const progress = {
    ...(wire.isPercentageInside ? {} : percentage),
    detailedStatus: {
      ...(wire.isPercentageInside ? percentage : {}),
      oldNodes: [...run.nodes.values()].map((node) => oldNodeView(world, state, node)),
      scaleNodePools: [...run.capacity.values()].map(({ poolName, newNodes, vngId, status }) => ({
        nodePoolName: poolName,
        newNodes,
        ...vngFields(world, state, vngId),
        [wire.scaleStatusKey]: capacityWord(wire, status),
      })),
    },
  }
  const { batchSizePercentage: _notReturned, ...options } = run.options
  return {
    id: run.id,
    oceanId: clusterId,
    status: runWord(wire, run.status),
    currentBatch: run.currentBatch,
    numOfBatches: run.numOfBatches,
    ...(run.comment === null ? {} : { comment: run.comment }),
    [wire.progressKey]: progress,
    ...options,
    createdAt: world.stamp(run.createdAtMs),
    ...(run.endedAtMs === null || endKey === null ? {} : { [endKey]: world.stamp(run.endedAtMs) }),
  }
}
