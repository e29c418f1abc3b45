import 'server-only'
import type { VngAnswer } from '@/lib/contract/vngs'
import type { Verb } from './context'
import { readOwnVng } from './own-vng'

/** One group with every field it has, read anew, and the template it inherits from. */
export const getVng: Verb<{ clusterId: string; vngId: string }, VngAnswer> = async ({ ctx, input }) => {
  const [{ group, fetchedAtMs }, cluster] = await Promise.all([readOwnVng(ctx, input), ctx.spot.getCluster(input.clusterId)])
  return { document: group, template: cluster.data.virtualNodeGroupTemplate ?? null, fetchedAtMs }
}
