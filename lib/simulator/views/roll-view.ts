import type { TwinRun } from '@/lib/twin/types'
import { progressPercentage } from '@/lib/twin/views'
import type { World } from '../world'
import { nodeWord, runWord } from './status-words'

/** A roll as Initiate, Get, List and Stop Roll return it: whole percentages, and its nodes under a name of their own. */
export const rollView = (world: World, oceanId: string, run: TwinRun) => {
  const { wire } = world
  const { respectPdb, respectRestrictScaleDown, batchMinHealthyPercentage } = run.options
  const percentage = { progressPercentage: Math.round(progressPercentage(run)) }
  const rollNodes = [...run.nodes.values()].map(({ nodeName, status }) => ({ nodeName, status: nodeWord(wire, status) }))
  return {
    id: run.id,
    oceanId,
    type: 'manual',
    scope: run.rollScope,
    status: runWord(wire, run.status),
    currentBatch: run.currentBatch,
    numOfBatches: run.numOfBatches,
    ...(run.comment === null ? {} : { comment: run.comment }),
    progress: wire.isPercentageInside ? { detailedStatus: { ...percentage, rollNodes } } : { ...percentage, detailedStatus: { rollNodes } },
    respectPdb,
    respectRestrictScaleDown,
    batchMinHealthyPercentage,
    createdAt: world.stamp(run.createdAtMs),
    updatedAt: world.stamp(run.changedAtMs),
  }
}
