import type { TwinNode, TwinState } from './types'

const levelCount = 9

/** Nodes that look alike to the scheduler. `fits` remembers which constraints they satisfy. */
export type NodeClass = {
  sample: TwinNode
  /** Names of open nodes: full ones first, empty ones last. */
  levels: Set<string>[]
  size: number
  fits: Map<string, boolean>
}

type Place = { key: string; nodeClass: NodeClass; level: number | null }

const hostname = 'kubernetes.io/hostname'

const sharedLabels = (node: TwinNode) => Object.fromEntries(Object.entries(node.labels).filter(([key]) => key !== hostname))

const classKey = (node: TwinNode) =>
  JSON.stringify([node.vngId, node.zone, node.mode, Object.entries(sharedLabels(node)).sort(), node.taints])

const emptyClass = (node: TwinNode): NodeClass => ({
  sample: { ...node, labels: sharedLabels(node) },
  levels: Array.from({ length: levelCount }, () => new Set<string>()),
  size: 0,
  fits: new Map(),
})

/** 0 for a full node to 8 for an empty one, by its scarcest resource; null when it takes no pods. */
const levelOf = (state: TwinState, node: TwinNode): number | null => {
  const used = state.used.get(node.name)
  if (used === undefined || !node.isReady || node.isCordoned) return null
  const free = Math.min(
    1 - used.milliCpu / node.allocatable.milliCpu,
    1 - used.memoryMiB / node.allocatable.memoryMiB,
    1 - (state.podsByNode.get(node.name)?.size ?? 0) / node.maxPods,
  )
  return Math.max(0, Math.floor(free * (levelCount - 1)))
}

/** The classes of a cluster's nodes, kept up node by node. */
export const createNodeClasses = (state: TwinState) => {
  const classes = new Map<string, NodeClass>()
  const places = new Map<string, Place>()

  const setLevel = (nodeName: string, place: Place, level: number | null) => {
    if (place.level !== null) place.nodeClass.levels[place.level]?.delete(nodeName)
    if (level !== null) place.nodeClass.levels[level]?.add(nodeName)
    place.level = level
  }

  /** Looks again at how empty and how open a node is. */
  const touch = (nodeName: string) => {
    const node = state.nodes.get(nodeName)
    const place = places.get(nodeName)
    if (node === undefined || place === undefined) return
    const level = levelOf(state, node)
    if (level !== place.level) setLevel(nodeName, place, level)
  }

  const remove = (nodeName: string) => {
    const place = places.get(nodeName)
    if (place === undefined) return
    setLevel(nodeName, place, null)
    places.delete(nodeName)
    place.nodeClass.size -= 1
    if (place.nodeClass.size === 0) classes.delete(place.key)
  }

  /** Puts a node into the class it now belongs to. */
  const put = (nodeName: string) => {
    remove(nodeName)
    const node = state.nodes.get(nodeName)
    if (node === undefined) return
    const key = classKey(node)
    const nodeClass = classes.get(key) ?? emptyClass(node)
    classes.set(key, nodeClass)
    nodeClass.size += 1
    places.set(nodeName, { key, nodeClass, level: null })
    touch(nodeName)
  }

  for (const nodeName of state.nodes.keys()) put(nodeName)
  return { all: () => classes.values(), put, remove, touch }
}
