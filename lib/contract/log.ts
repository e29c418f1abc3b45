import { z } from 'zod'

export const logSeverities = ['ALL', 'DEBUG', 'INFO', 'WARN', 'ERROR'] as const

export const logQuery = z
  .object({
    fromMs: z.coerce.number().int().nonnegative(),
    toMs: z.coerce.number().int().nonnegative(),
    severity: z.enum(logSeverities).default('ALL'),
  })
  .refine((query) => query.fromMs < query.toMs, { path: ['fromMs'], message: 'The range ends before it begins.' })
export type LogQuery = z.infer<typeof logQuery>

export const logRow = z.object({ atMs: z.number().nullable(), severity: z.string(), message: z.string(), migrationId: z.string().nullable() })
export type LogRow = z.infer<typeof logRow>

export const logAnswer = z.object({
  lines: z.array(logRow),
  /** True when a range still held more than the vendor's 1,000 lines after it was split as far as allowed. */
  isTruncated: z.boolean(),
  fetchedAtMs: z.number(),
})
export type LogAnswer = z.infer<typeof logAnswer>
