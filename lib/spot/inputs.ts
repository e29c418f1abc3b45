import type { z } from 'zod'
import { SpotError } from './errors'

/** Parses what a caller gave before anything is sent. `path` names the input in the issues. */
export const checked = <Schema extends z.ZodType>(schema: Schema, value: unknown, path: string): z.output<Schema> => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new SpotError('invalid', {
    wasSent: 'no',
    issues: parsed.error.issues.map((issue) => ({ path: [path, ...issue.path].filter((part) => part !== '').join('.'), message: issue.message })),
  })
}
