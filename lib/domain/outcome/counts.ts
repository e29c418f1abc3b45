import { z } from 'zod'
import { percentOf } from '@/lib/format/numbers'

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

/** Share of the selected nodes whose outcome is known, as a whole percent; null without nodes. An untouched node of an ended run counts as known. */
export const processedPercent = ({ total, toGo, moving, unknown }: OutcomeCounts): number | null => percentOf(total - toGo - moving - unknown, total)
