import type { Load, TwinNode, TwinState } from './types'

const levelCount = 9

/** Why a node takes no pods at all. */
type Shut = 'cordoned' | 'unready'

/** Nodes that look alike to the scheduler. `mismatches` remembers which constraints they satisfy. */
export type NodeClass = {
  sample: TwinNode
  /** Open nodes: full ones first, empty ones last. */
  levels: Set<Place>[]
  size: number
  shut: Record<Shut, number>
  /** Why they do not take workloads with certain constraints; null where they do. */
  mismatches: Map<string, string | null>
}

/** A number for how empty an open node is. */
type Standing = number | Shut
/** A node with what it carries, both as the state holds them, and where it stands among its like. */
export type Place = { node: TwinNode; load: Load; key: string; nodeClass: NodeClass; standing: Standing | null }

const hostname = 'kubernetes.io/hostname'

const sharedLabels = (node: TwinNode) => Object.fromEntries(Object.entries(node.labels).filter(([key]) => key !== hostname))

const classKey = (node: TwinNode) =>
  JSON.stringify([node.vngId, node.zone, node.mode, Object.entries(sharedLabels(node)).sort(), node.taints])

const emptyClass = (node: TwinNode): NodeClass => ({
  sample: { ...node, labels: sharedLabels(node) },
  levels: Array.from({ length: levelCount }, () => new Set<Place>()),
  size: 0,
  shut: { cordoned: 0, unready: 0 },
  mismatches: new Map(),
})

/** 0 for a full node (and one that is made for no pods at all) to 8 for an empty one, by its scarcest resource. */
const standingOf = ({ node, load }: Place): Standing => {
  if (node.isCordoned) return 'cordoned'
  if (!node.isReady) return 'unready'
  const free = Math.min(
    1 - load.milliCpu / node.allocatable.milliCpu,
    1 - load.memoryMiB / node.allocatable.memoryMiB,
    1 - load.pods.length / node.maxPods,
  )
  return Math.max(0, Math.floor(free * (levelCount - 1)) || 0)
}

/** The classes of a cluster's nodes, kept up node by node. */
export const createNodeClasses = (state: TwinState) => {
  const classes = new Map<string, NodeClass>()
  const places = new Map<string, Place>()

  const count = (place: Place, sign: 1 | -1) => {
    const { nodeClass, standing } = place
    if (standing === null) return
    if (typeof standing === 'string') nodeClass.shut[standing] += sign
    else if (sign === 1) nodeClass.levels[standing]?.add(place)
    else nodeClass.levels[standing]?.delete(place)
  }
  const stand = (place: Place, standing: Standing | null) => {
    count(place, -1)
    place.standing = standing
    count(place, 1)
  }

  /** Looks again at how empty and how open a node is. */
  const touch = (nodeName: string) => {
    const place = places.get(nodeName)
    if (place === undefined) return
    const standing = standingOf(place)
    if (standing !== place.standing) stand(place, standing)
  }

  const remove = (nodeName: string) => {
    const place = places.get(nodeName)
    if (place === undefined) return
    stand(place, null)
    places.delete(nodeName)
    place.nodeClass.size -= 1
    if (place.nodeClass.size === 0) classes.delete(place.key)
  }

  /** Puts a node into the class it now belongs to. */
  const put = (nodeName: string) => {
    remove(nodeName)
    const node = state.nodes.get(nodeName)
    const load = state.loads.get(nodeName)
    if (node === undefined || load === undefined) return
    const key = classKey(node)
    const nodeClass = classes.get(key) ?? emptyClass(node)
    classes.set(key, nodeClass)
    nodeClass.size += 1
    places.set(nodeName, { node, load, key, nodeClass, standing: null })
    touch(nodeName)
  }

  for (const nodeName of state.nodes.keys()) put(nodeName)
  return { all: () => classes.values(), put, remove, touch }
}
