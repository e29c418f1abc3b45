import 'server-only'
import type { VngsAnswer } from '@/lib/contract/nodes'
import type { Verb } from './context'

/** The virtual node groups and the template that they inherit from. */
export const listVngs: Verb<{ clusterId: string }, VngsAnswer> = async ({ ctx, input }) => {
  const [vngs, cluster] = await Promise.all([ctx.spot.listVngs(input.clusterId), ctx.spot.getCluster(input.clusterId)])
  return { vngs: vngs.data, template: cluster.data.virtualNodeGroupTemplate ?? null, fetchedAtMs: vngs.fetchedAtMs }
}
