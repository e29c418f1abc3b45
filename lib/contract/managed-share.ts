import { z } from 'zod'

/**
 * How many nodes of a cluster Ocean managed at the moments when they were counted, oldest first: when a run
 * began or ended, and while somebody had the cluster open. Between two moments nothing is known.
 */
export const managedShareAnswer = z.object({
  points: z.array(z.object({ atMs: z.number(), managed: z.number(), unmanaged: z.number(), system: z.number() })),
  /** True when there are older ones that this answer leaves out. */
  isCut: z.boolean(),
  fetchedAtMs: z.number(),
})
export type ManagedShareAnswer = z.infer<typeof managedShareAnswer>
