import { constraintsKey, mayRunOn } from './constraints'
import type { Pod, Resources, TwinEvent, TwinNode, TwinState, Workload } from './types'

/**
 * Where a pod may go. Nodes that look alike to the scheduler (labels a selector can name, taints, zone,
 * managed or not) form one class, and a workload's fit is computed once per class. Within a class, open nodes
 * are kept by how empty they are. So the cost grows with the kinds of nodes and not with their number.
 */
export type Placement = {
  /** Keeps the index in step; to be told of every event after it was applied. */
  follow: (event: TwinEvent) => void
  /** Looks at a node again whose pods have become fewer. */
  touch: (nodeName: string) => void
  /** A node with room, or the reason why there is none. Managed nodes come first, the emptiest first. */
  find: (pod: Pod, workload: Workload) => { nodeName: string } | { reason: string }
}

const levelCount = 9

type NodeClass = { sample: TwinNode; levels: Set<string>[]; size: number; fits: Map<string, boolean> }
type Place = { nodeClass: NodeClass; level: number | null }

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

const hasRoom = (state: TwinState, node: TwinNode, need: Resources): boolean => {
  const used = state.used.get(node.name)
  return (
    used !== undefined &&
    (state.podsByNode.get(node.name)?.size ?? 0) < node.maxPods &&
    used.milliCpu + need.milliCpu <= node.allocatable.milliCpu &&
    used.memoryMiB + need.memoryMiB <= node.allocatable.memoryMiB &&
    used.gpu + need.gpu <= node.allocatable.gpu
  )
}

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

/** The node an applied event concerns, if its room or its openness may have changed. */
const nodeOf = (state: TwinState, event: TwinEvent): string | null => {
  if (event.kind === 'pod-bound' || event.kind === 'node-ready' || event.kind === 'node-cordoned') return event.nodeName
  if (event.kind === 'pod-created') return event.pod.nodeName
  return null
}

export const createPlacement = (state: TwinState): Placement => {
  const classes = new Map<string, NodeClass>()
  const places = new Map<string, Place>()
  const keys = new Map<string, string>()

  const keyOf = (workload: Workload): string => {
    const known = keys.get(workload.id)
    if (known !== undefined) return known
    const key = constraintsKey(workload)
    keys.set(workload.id, key)
    return key
  }

  const touch = (nodeName: string) => {
    const node = state.nodes.get(nodeName)
    const place = places.get(nodeName)
    if (node === undefined || place === undefined) return
    const level = levelOf(state, node)
    if (level === place.level) return
    if (place.level !== null) place.nodeClass.levels[place.level]?.delete(nodeName)
    if (level !== null) place.nodeClass.levels[level]?.add(nodeName)
    place.level = level
  }

  const add = (node: TwinNode) => {
    const key = classKey(node)
    const nodeClass = classes.get(key) ?? emptyClass(node)
    classes.set(key, nodeClass)
    nodeClass.size += 1
    places.set(node.name, { nodeClass, level: null })
    touch(node.name)
  }

  const remove = (nodeName: string) => {
    const place = places.get(nodeName)
    if (place === undefined) return
    places.delete(nodeName)
    if (place.level !== null) place.nodeClass.levels[place.level]?.delete(nodeName)
    place.nodeClass.size -= 1
    if (place.nodeClass.size === 0) for (const [key, known] of classes) if (known === place.nodeClass) classes.delete(key)
  }

  const reclass = (nodeName: string) => {
    const node = state.nodes.get(nodeName)
    remove(nodeName)
    if (node) add(node)
  }

  const fits = (nodeClass: NodeClass, workload: Workload): boolean => {
    const key = keyOf(workload)
    const seen = nodeClass.fits.get(key)
    if (seen !== undefined) return seen
    const answer = mayRunOn(workload, nodeClass.sample)
    nodeClass.fits.set(key, answer)
    return answer
  }

  const pickFrom = (suitable: NodeClass[], need: Resources): string | null => {
    for (let level = levelCount - 1; level >= 0; level -= 1)
      for (const { levels } of suitable)
        for (const name of levels[level] ?? []) {
          const node = state.nodes.get(name)
          if (node && hasRoom(state, node, need)) return name
        }
    return null
  }

  const find: Placement['find'] = (pod, workload) => {
    const allowed = [...classes.values()].filter((nodeClass) => fits(nodeClass, workload))
    if (allowed.length === 0) return { reason: 'no node carries the labels the pod selects and taints it tolerates' }
    const inZone = pod.volumeZone === null ? allowed : allowed.filter(({ sample }) => sample.zone === pod.volumeZone)
    if (inZone.length === 0) return { reason: `no suitable node in ${pod.volumeZone}, where its volume lives` }
    const nodeName =
      pickFrom(inZone.filter(({ sample }) => sample.vngId !== null), workload.requests) ??
      pickFrom(inZone.filter(({ sample }) => sample.vngId === null), workload.requests)
    return nodeName === null ? { reason: 'no suitable node has enough free cpu, memory, gpu or pod slots' } : { nodeName }
  }

  const follow = (event: TwinEvent) => {
    if (event.kind === 'node-added') return reclass(event.node.name)
    if (event.kind === 'node-removed') return remove(event.nodeName)
    if (event.kind === 'node-relabelled' || event.kind === 'node-detached') return reclass(event.nodeName)
    const nodeName = nodeOf(state, event)
    if (nodeName !== null) touch(nodeName)
  }

  for (const node of state.nodes.values()) add(node)
  return { follow, touch, find }
}
