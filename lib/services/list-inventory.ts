import 'server-only'
import type { InventoryAnswer } from '@/lib/contract/nodes'
import type { Verb } from './context'

/** Every node of the cluster with all its fields. */
export const listInventory: Verb<{ clusterId: string }, InventoryAnswer> = async ({ ctx, input }) => {
  const { data, fetchedAtMs, drift } = await ctx.spot.listNodes(input.clusterId)
  return { nodes: data, fetchedAtMs, drift: [...drift] }
}
