import 'server-only'
import type { SavedVng } from '@/lib/contract/vngs'
import type { VngChanges } from '@/lib/spot/schemas/vng-body'
import type { Verb } from './context'
import { nameOfVng, readOwnVng } from './own-vng'

/**
 * Changes a group in what is named and in nothing else; a null takes the template's value again. Labels, tags
 * and taints reach running nodes at once (Ocean AKS, Virtual node groups). Sending the same changes again
 * changes nothing, so after a lost answer a person may repeat it.
 */
export const updateVng: Verb<{ clusterId: string; vngId: string; changes: VngChanges }, SavedVng> = async ({ ctx, input }) => {
  await readOwnVng(ctx, input)
  const { data } = await ctx.spot.updateVng(input.vngId, input.changes)
  return { vngId: data.id, name: nameOfVng(data) }
}
