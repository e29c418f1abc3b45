import 'server-only'
import type { InventoryAnswer, VngsAnswer } from '@/lib/contract/nodes'
import type { Verb } from './context'

/** Every node of the cluster with all its fields. */
export const listInventory: Verb<{ clusterId: string }, InventoryAnswer> = async ({ ctx, input }) => {
  const { data, fetchedAtMs, drift } = await ctx.spot.listNodes(input.clusterId)
  return { nodes: data, fetchedAtMs, drift: [...drift] }
}

/** The virtual node groups and the template that they inherit from. */
export const listVngs: Verb<{ clusterId: string }, VngsAnswer> = async ({ ctx, input }) => {
  const [vngs, cluster] = await Promise.all([ctx.spot.listVngs(input.clusterId), ctx.spot.getCluster(input.clusterId)])
  return { vngs: vngs.data, template: cluster.data.virtualNodeGroupTemplate ?? null, fetchedAtMs: vngs.fetchedAtMs }
}
