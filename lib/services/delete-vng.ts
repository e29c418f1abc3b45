import 'server-only'
import type { SavedVng } from '@/lib/contract/vngs'
import { AppError } from '@/lib/errors'
import type { Verb } from './context'
import { nameOfVng, readOwnVng } from './own-vng'

const stillUsed = (name: string, nodes: number) =>
  new AppError('vng_in_use', {
    detail: `${nodes === 1 ? '1 node still runs' : `${nodes} nodes still run`} in ${name}. What Spot does with the nodes of a deleted group is not documented, so it is deleted only when it is empty: move them or set its limits to 0 first.`,
    facts: { nodes },
  })

/** Deletes a group that has no nodes. Throws `vng_in_use` with their number, counted now. */
export const deleteVng: Verb<{ clusterId: string; vngId: string }, SavedVng> = async ({ ctx, input }) => {
  const [{ group }, nodes] = await Promise.all([readOwnVng(ctx, input), ctx.spot.listNodes(input.clusterId, { fresh: true })])
  const inside = nodes.data.filter(({ virtualNodeGroupId }) => virtualNodeGroupId === group.id).length
  if (inside > 0) throw stillUsed(nameOfVng(group), inside)
  await ctx.spot.deleteVng(group.id)
  return { vngId: group.id, name: nameOfVng(group) }
}
