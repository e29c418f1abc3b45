import { z } from 'zod'

const mostPoints = 61
const mostMs = 7 * 86_400_000
const mostNodes = 20_000

const counts = z.array(z.number().min(0).max(mostNodes)).max(mostPoints)

type Line = { timesMs: number[]; median: number[]; low: number[]; high: number[] }

const isOrdered = (values: readonly number[], isBefore: (a: number, b: number) => boolean) => values.every((value, index) => index === 0 || isBefore(values[index - 1] ?? Number.NaN, value))

const isLine = ({ timesMs, median, low, high }: Line): boolean =>
  [median, low, high].every((values) => values.length === timesMs.length && isOrdered(values, (a, b) => a <= b)) &&
  isOrdered(timesMs, (a, b) => a < b) &&
  median.every((value, index) => (low[index] ?? Number.NaN) <= value && value <= (high[index] ?? Number.NaN))

/**
 * Nodes moved at each of `timesMs` since the launch, as the plan was rehearsed before it: the median of the
 * rehearsals, and where eight in ten of them lie. At most 61 points; times rise, and no count ever falls.
 */
export const rehearsedLine = z
  .object({ timesMs: z.array(z.number().int().min(0).max(mostMs)).min(2).max(mostPoints), median: counts, low: counts, high: counts })
  .refine(isLine, 'The rehearsed line is not one.')
export type RehearsedLine = z.infer<typeof rehearsedLine>
