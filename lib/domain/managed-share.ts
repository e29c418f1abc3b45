import type { SpotNode } from '@/lib/spot/schemas/node'

/** Nodes of a cluster by who looks after them. Never added into one figure but where a share is asked for. */
export type NodeCounts = { managed: number; unmanaged: number; system: number }

const isSystem = ({ labels }: SpotNode) => labels['kubernetes.azure.com/mode'] === 'system'

/** Counts nodes that Ocean manages. System pools are never managed, so they are not among what is left to migrate. */
export const countManaged = (nodes: readonly SpotNode[]): NodeCounts => {
  const managed = nodes.filter(({ virtualNodeGroupId }) => virtualNodeGroupId !== null).length
  const unmanaged = nodes.filter((node) => node.virtualNodeGroupId === null && !isSystem(node)).length
  return { managed, unmanaged, system: nodes.length - managed - unmanaged }
}

/** Percent, 0 to 100, of the nodes that can be managed; null when there are none. */
export const managedPercent = ({ managed, unmanaged }: NodeCounts): number | null => (managed + unmanaged === 0 ? null : (managed / (managed + unmanaged)) * 100)
