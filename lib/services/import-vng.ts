import 'server-only'
import type { z } from 'zod'
import type { importAnswer } from '@/lib/contract/vngs'
import type { Verb } from './context'

/** What a group like a node pool would be made of, as Spot reads the pool. Nothing is created, and the copy is made once. */
export const importVng: Verb<{ clusterId: string; poolName: string }, z.infer<typeof importAnswer>> = async ({ ctx, input }) => {
  const { data } = await ctx.spot.importVng(input.clusterId, input.poolName, { signal: ctx.signal })
  return { document: data }
}
