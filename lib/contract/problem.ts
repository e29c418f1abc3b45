import { z } from 'zod'

/** `application/problem+json` (RFC 9457) as Slipway's own routes send it. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  requestId: z.string(),
  upstreamRequestId: z.string().optional(),
  retryAfterSeconds: z.number().optional(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])).optional(),
  /** Read by the schema that belongs to the code. */
  attachment: z.unknown().optional(),
})
export type Problem = z.infer<typeof problem>

/** What failed in one part of an answer whose other parts are fine. */
export const partProblem = z.object({ code: z.string(), detail: z.string(), upstreamRequestId: z.string().optional() })
export type PartProblem = z.infer<typeof partProblem>
