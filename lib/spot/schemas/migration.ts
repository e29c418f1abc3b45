import { z } from 'zod'
import { optionalNumber, optionalText, wholeNumber } from './parts'

const bool = z.boolean().nullish().transform((value) => value ?? null)

/** One selected node of a run. `status` is kept verbatim: values outside the documented enum occur. */
export const oldNode = z.object({
  nodeName: z.string().min(1),
  nodePoolName: z.string().nullish().transform((name) => name ?? ''),
  vngId: optionalText,
  vngName: optionalText,
  status: z.string(),
  podDetails: z.array(z.object({ podName: z.string() })).nullish().transform((pods) => pods ?? []),
  runningPods: wholeNumber.nullish().transform((count) => count ?? null),
})
export type OldNode = z.infer<typeof oldNode>

/** New capacity of a run. The schema says `migrationStatus`, the vendor's example `status`. */
export const scaleNodePool = z
  .object({
    nodePoolName: z.string().nullish().transform((name) => name ?? ''),
    newNodes: wholeNumber.nullish().transform((count) => count ?? 0),
    vngId: optionalText,
    vngName: optionalText,
    migrationStatus: z.string().nullish(),
    status: z.string().nullish(),
  })
  .transform(({ migrationStatus, status, ...pool }) => ({
    ...pool,
    status: (migrationStatus ?? status ?? 'UNKNOWN').toUpperCase(),
  }))
export type ScaleNodePool = z.infer<typeof scaleNodePool>

const detailedStatus = z.object({
  progressPercentage: optionalNumber,
  oldNodes: z.array(oldNode).nullish().transform((nodes) => nodes ?? []),
  scaleNodePools: z.array(scaleNodePool).nullish().transform((pools) => pools ?? []),
})

const progress = z.object({ progressPercentage: optionalNumber, detailedStatus: detailedStatus.nullish() })

/**
 * A workload migration (Spot API, Get Migration). The schema calls the progress `migrationProgress`, the
 * vendor's example of a stop `progress` with the percentage one level deeper: both are read.
 */
export const migration = z
  .object({
    id: z.string(),
    oceanId: optionalText,
    status: z.string(),
    currentBatch: optionalNumber,
    numOfBatches: optionalNumber,
    comment: optionalText,
    migrationProgress: progress.nullish(),
    progress: progress.nullish(),
    respectPdb: bool,
    respectRestrictScaleDown: bool,
    shouldTerminateNodes: bool,
    shouldEvictStandalonePods: bool,
    batchMinHealthyPercentage: optionalNumber,
    batchSizePercentage: optionalNumber,
    createdAt: optionalText,
    erredAt: optionalText,
    stoppedAt: optionalText,
    completedAt: optionalText,
  })
  .transform(({ migrationProgress, progress: other, ...rest }) => {
    const found = migrationProgress ?? other ?? null
    const detail = found?.detailedStatus ?? null
    return {
      ...rest,
      progressPercentage: found?.progressPercentage ?? detail?.progressPercentage ?? null,
      oldNodes: detail?.oldNodes ?? [],
      scaleNodePools: detail?.scaleNodePools ?? [],
    }
  })
export type Migration = z.infer<typeof migration>

/** The answer to Create Migration: documented as a full migration; only the id is relied on. */
export const createdMigration = z.object({ id: z.string(), status: optionalText, comment: optionalText })
export type CreatedMigration = z.infer<typeof createdMigration>

/** The answer to Stop Migration: nothing in it is relied on, the run is read again afterwards. */
export const stoppedMigration = z.object({ status: optionalText })
export type StoppedMigration = z.infer<typeof stoppedMigration>

export const commentMaxLength = 256

/** Options of Create Migration with the vendor's documented ranges and defaults. Sent flat, every one explicitly. */
export const migrationOptions = z.object({
  batchSizePercentage: z.number().int().min(1).max(100),
  batchMinHealthyPercentage: z.number().int().min(1).max(100),
  respectPdb: z.boolean(),
  respectRestrictScaleDown: z.boolean(),
  shouldTerminateNodes: z.boolean(),
  shouldEvictStandalonePods: z.boolean(),
})
export type MigrationOptions = z.infer<typeof migrationOptions>

export const defaultMigrationOptions: MigrationOptions = {
  batchSizePercentage: 20,
  batchMinHealthyPercentage: 50,
  respectPdb: true,
  respectRestrictScaleDown: false,
  shouldTerminateNodes: true,
  shouldEvictStandalonePods: true,
}

const names = z.array(z.string().min(1).max(253)).min(1)
const createFields = migrationOptions.extend({ comment: z.string().max(commentMaxLength).optional() })

/**
 * The body of Create Migration: flat, no wrapper, every option explicit, because the vendor's console and API
 * differ in their defaults. Exactly one of the two lists: both or none is refused by the API.
 */
export const createMigrationBody = z.union([
  createFields.extend({ nodeNames: names, nodePoolNames: z.undefined().optional() }),
  createFields.extend({ nodePoolNames: names, nodeNames: z.undefined().optional() }),
])
export type CreateMigrationBody = z.infer<typeof createMigrationBody>
