import { z } from 'zod'

/**
 * What the API says a node would land on (Spot API, Get Migration Discovery): the template (`Default`, for
 * nodes without labels and taints), a virtual node group, nothing, or not a word about it.
 */
export const nodeMatch = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('default') }),
  z.object({ kind: z.literal('vng'), vngId: z.string(), vngName: z.string().nullable() }),
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('not-said') }),
])
export type NodeMatch = z.infer<typeof nodeMatch>
