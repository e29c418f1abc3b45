import { z } from 'zod'

/** Nodes of a run by what happened to them. Never added into one figure. */
export const outcomeCounts = z.object({
  total: z.number(),
  moved: z.number(),
  moving: z.number(),
  toGo: z.number(),
  skipped: z.number(),
  failed: z.number(),
  untouched: z.number(),
  unknown: z.number(),
})
export type OutcomeCounts = z.infer<typeof outcomeCounts>
