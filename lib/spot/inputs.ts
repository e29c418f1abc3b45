import type { z } from 'zod'
import { SpotError } from './errors'

/** Parses what a caller gave before anything is sent. `path` names the input in the issues. */
export const checked = <Schema extends z.ZodType>(schema: Schema, value: unknown, path: string): z.output<Schema> => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues
    .flatMap(closestBranch)
    .map((issue) => ({ path: [path, ...issue.path].filter((part) => part !== '').join('.'), message: issue.message }))
  throw new SpotError('invalid', { wasSent: 'no', issues })
}

/** A union fails as one issue without a field: the branch with the fewest faults says which field it is. */
const closestBranch = (issue: z.core.$ZodIssue): z.core.$ZodIssue[] =>
  issue.code === 'invalid_union' ? (issue.errors.toSorted((a, b) => a.length - b.length)[0] ?? [issue]) : [issue]
