import { z } from 'zod'

const names = z.array(z.string().min(1)).min(1, 'must name at least one, or be null').nullish().transform((list) => list ?? null)

const percentage = (least: number) => z.number('must be a number').int('must be a whole number').min(least, `must be at least ${least}`).max(100, 'must be at most 100')

/**
 * The body of Initiate Roll. It comes without a wrapper, and may be empty: that rolls the whole cluster. The vendor
 * allows batches of 0 percent, read as one node each; an empty list is refused, as it is not said to mean everything.
 */
export const rollBody = z.strictObject({
  vngIds: names,
  nodePoolNames: names,
  nodeNames: names,
  batchSizePercentage: percentage(0).nullish().transform((value) => value ?? 20),
  batchMinHealthyPercentage: percentage(1).nullish().transform((value) => value ?? 50),
  respectPdb: z.boolean().default(true),
  respectRestrictScaleDown: z.boolean().default(false),
  comment: z.string().max(256, 'must be at most 256 characters long').nullish().transform((value) => value ?? null),
})
