import 'server-only'
import type { z } from 'zod'
import type { vmSizesAnswer } from '@/lib/contract/vngs'
import type { Verb } from './context'
import { readOwnVng } from './own-vng'

/** The sizes that Spot may use for a group, preferred ones first. */
export const listVmSizes: Verb<{ clusterId: string; vngId: string }, z.infer<typeof vmSizesAnswer>> = async ({ ctx, input }) => {
  await readOwnVng(ctx, input)
  const { data } = await ctx.spot.listVmSizes(input.vngId)
  return { sizes: data }
}
