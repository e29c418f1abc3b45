import { z } from 'zod'
import { optionalText } from './parts'

/** One line of the cluster's log (Spot API, Fetch Elastilogs): at most 1,000 a call, no cursor. */
export const logLine = z.object({
  message: z.string().nullish().transform((message) => message ?? ''),
  severity: z.string().nullish().transform((severity) => (severity ?? 'INFO').toUpperCase()),
  createdAt: optionalText,
})
export type LogLine = z.infer<typeof logLine>

export const logLimitMax = 1000
