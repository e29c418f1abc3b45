import { z } from 'zod'
import { batchModels, sizeVariants, type BatchModel, type BatchReading } from './batch-sizes'

/** What one recorded run shows of how the batch size is read. */
export const runEvidence = z.object({
  /** Null, like the cluster, where the run is not the reader's to open. */
  migrationId: z.string().nullable(),
  clusterId: z.string().nullable(),
  startedAtMs: z.number().nullable(),
  selected: z.number(),
  /** Whole percent, as the run was started. */
  percentage: z.number(),
  /** Nodes in the cluster when the run began; null where nobody counted them. */
  clusterNodes: z.number().nullable(),
  /** As Get Migration tells it. */
  numOfBatches: z.number(),
  /** Nodes in each of the leading batches that were seen from begin to end. */
  sizes: z.array(z.number()),
})
export type RunEvidence = z.infer<typeof runEvidence>

/** `unknown`: it would hold for some size of the cluster, which was not counted. */
export type ReadingFit = 'yes' | 'no' | 'unknown'
export type RunFit = { run: RunEvidence; fits: Record<BatchModel, ReadingFit> }

/**
 * `none`: no run tells the readings apart. `learned`: `holds` are those that no run contradicts.
 * `contradicted`: the runs agree on none.
 */
export type LearnedReading = { state: 'none' | 'learned' | 'contradicted'; holds: BatchModel[]; runs: RunFit[] }

const startsWith = (sizes: readonly number[], seen: readonly number[]) => seen.every((size, index) => sizes[index] === size)

/** Batches as they were seen are exact to one poll, so sizes that fit no reading at all are left out of the verdict. */
const fitsOf = (run: RunEvidence): RunFit['fits'] => {
  const counted = batchModels.map((model) => ({ model, sizes: sizeVariants(model, run).filter(({ length }) => length === run.numOfBatches) }))
  const seen = counted.map(({ model, sizes }) => ({ model, sizes: sizes.filter((each) => startsWith(each, run.sizes)) }))
  const isSharp = seen.some(({ sizes }) => sizes.length > 0)
  const verdict = (model: BatchModel): ReadingFit => {
    const left = (isSharp ? seen : counted).find((each) => each.model === model)?.sizes ?? []
    if (left.length === 0) return 'no'
    return model === 'cluster' && run.clusterNodes === null ? 'unknown' : 'yes'
  }
  return { fixed: verdict('fixed'), equal: verdict('equal'), cluster: verdict('cluster') }
}

/**
 * Which reading of the batch size the recorded runs show. A run counts when it speaks against at least one
 * reading; a reading holds when no such run speaks against it.
 */
export const learnReading = (evidence: readonly RunEvidence[]): LearnedReading => {
  const runs = evidence.map((run) => ({ run, fits: fitsOf(run) })).filter(({ fits }) => batchModels.some((model) => fits[model] === 'no'))
  if (runs.length === 0) return { state: 'none', holds: [], runs }
  const holds = batchModels.filter((model) => runs.every(({ fits }) => fits[model] !== 'no'))
  return { state: holds.length === 0 ? 'contradicted' : 'learned', holds, runs }
}

/** The readings that are still possible: all of them until runs of one's own have ruled some out. */
export const openReadings = (readings: BatchReading[], { holds }: Pick<LearnedReading, 'holds'>): BatchReading[] => {
  const left = readings.filter(({ model }) => holds.includes(model))
  return left.length === 0 ? readings : left
}

