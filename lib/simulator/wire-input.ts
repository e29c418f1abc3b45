import { z } from 'zod'
import { nodeStatuses, runStatuses } from '@/lib/domain/run-rules'

/** How the vendor's documents contradict each other; the first of each pair is the default. */
export const wireInput = z.strictObject({
  /** The schema's key, or the one of the vendor's example of a stop. */
  progressKey: z.enum(['migrationProgress', 'progress']).optional(),
  scaleStatusKey: z.enum(['migrationStatus', 'status']).optional(),
  /** Statuses of runs, nodes and new capacity: as in the enums, or capitalised as in an example (`Completed`), or in small letters. */
  statusCase: z.enum(['upper', 'capitalised', 'lower']).optional(),
  /** The percentage stands in `detailedStatus`, as in the vendor's example of a stop. */
  isPercentageInside: z.boolean().optional(),
  /**
   * The status of a node that is left for a pod that restricts scale down. The enums have none of its own; the last
   * is the vendor's word for it in the text on rolls.
   */
  restrictedAs: z.enum(['DID_NOT_REPLACE', 'NOT_REPLACED_DUE_TO_PDB', 'NOT_REPLACED_DUE_TO_RSD']).optional(),
  /** Runs that ended longer ago are not listed and not found; null keeps them for ever. */
  runsKeptDays: z.number().positive().nullable().optional(),
  /** Another word for a status: one of rolls only, or one that no document knows. */
  runStatusAs: z.partialRecord(z.enum(runStatuses), z.string().min(1)).optional(),
  nodeStatusAs: z.partialRecord(z.enum(nodeStatuses), z.string().min(1)).optional(),
  /** Old nodes and new capacity of runs without `vngId` and `vngName`. */
  isRunGroupLeftOut: z.boolean().optional(),
  /** The name of the match in the discovery is not published. */
  matchKey: z.enum(['virtualNodeGroupId', 'vngId', 'launchSpecId', 'virtualNodeGroup']).optional(),
  isMatchLeftOut: z.boolean().optional(),
})
export type WireInput = z.infer<typeof wireInput>
