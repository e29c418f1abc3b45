import type { SpotNode } from '@/lib/spot/schemas/node'

export const labelTexts = ({ labels }: Pick<SpotNode, 'labels'>): string[] => Object.entries(labels).map(([key, value]) => (value === '' ? key : `${key}=${value}`))

/** Everything of a node that a search may look for. */
const haystack = (node: SpotNode): string =>
  [
    node.nodeName,
    node.nodeId,
    node.nodePoolName,
    node.virtualNodeGroupId,
    node.virtualNodeGroupName,
    node.vmSize,
    node.lifeCycle,
    node.availabilityZone,
    node.ipAddress,
    node.osImage,
    ...labelTexts(node),
    ...node.taints,
  ]
    .join(' ')
    .toLowerCase()

// Built once per node and answer: a cluster may have thousands.
const texts = new WeakMap<SpotNode, string>()
const textOf = (node: SpotNode): string => {
  const known = texts.get(node)
  if (known !== undefined) return known
  const made = haystack(node)
  texts.set(node, made)
  return made
}

/** Nodes that hold every word of the search. */
export const searchNodes = (nodes: readonly SpotNode[], search: string): readonly SpotNode[] => {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '')
  return words.length === 0 ? nodes : nodes.filter((node) => words.every((word) => textOf(node).includes(word)))
}

/** Managed by Ocean when it belongs to a virtual node group (Spot API, Get Cluster Nodes). */
export const isManaged = ({ virtualNodeGroupId }: SpotNode): boolean => virtualNodeGroupId !== null

/** Requested against allocatable, as whole percent; null when either is not given. */
export const sharePercent = (requested: number | null, allocatable: number | null): number | null =>
  requested === null || allocatable === null || allocatable <= 0 ? null : Math.round((requested / allocatable) * 100)
