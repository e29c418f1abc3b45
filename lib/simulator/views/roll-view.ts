import type { TwinRun } from '@/lib/twin/types'
import { progressPercentage } from '@/lib/twin/views'
import type { World } from '../world'

/** A roll as Initiate, Get, List and Stop Roll return it: whole percentages, and its nodes under a name of their own. */
export const rollView = (world: World, oceanId: string, run: TwinRun) => {
  const { respectPdb, respectRestrictScaleDown, batchMinHealthyPercentage } = run.options
  return {
    id: run.id,
    oceanId,
    type: 'manual',
    scope: run.rollScope,
    status: run.status,
    currentBatch: run.currentBatch,
    numOfBatches: run.numOfBatches,
    ...(run.comment === null ? {} : { comment: run.comment }),
    progress: {
      progressPercentage: Math.round(progressPercentage(run)),
      detailedStatus: { rollNodes: [...run.nodes.values()].map(({ nodeName, status }) => ({ nodeName, status })) },
    },
    respectPdb,
    respectRestrictScaleDown,
    batchMinHealthyPercentage,
    createdAt: world.stamp(run.createdAtMs),
    updatedAt: world.stamp(run.endedAtMs ?? run.createdAtMs),
  }
}
