import { constraintsKey, mayRunOn } from './constraints'
import { createNodeClasses, type NodeClass } from './node-classes'
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

const pickFrom = (state: TwinState, suitable: NodeClass[], need: Resources): string | null => {
  const depth = suitable[0]?.levels.length ?? 0
  for (let level = depth - 1; level >= 0; level -= 1)
    for (const { levels } of suitable)
      for (const name of levels[level] ?? []) {
        const node = state.nodes.get(name)
        if (node && hasRoom(state, node, need)) return name
      }
  return null
}

/** Answers whether a class takes a workload, from memory where it can. */
const createFits = () => {
  const keys = new Map<string, string>()
  const keyOf = (workload: Workload): string => {
    const known = keys.get(workload.id) ?? constraintsKey(workload)
    keys.set(workload.id, known)
    return known
  }
  return (nodeClass: NodeClass, workload: Workload): boolean => {
    const key = keyOf(workload)
    const answer = nodeClass.fits.get(key) ?? mayRunOn(workload, nodeClass.sample)
    nodeClass.fits.set(key, answer)
    return answer
  }
}

const isManaged = ({ sample }: NodeClass) => sample.vngId !== null

export const createPlacement = (state: TwinState): Placement => {
  const classes = createNodeClasses(state)
  const fits = createFits()

  const find: Placement['find'] = (pod, workload) => {
    const allowed = [...classes.all()].filter((nodeClass) => fits(nodeClass, workload))
    if (allowed.length === 0) return { reason: 'no node carries the labels the pod selects and taints it tolerates' }
    const inZone = pod.volumeZone === null ? allowed : allowed.filter(({ sample }) => sample.zone === pod.volumeZone)
    if (inZone.length === 0) return { reason: `no suitable node in ${pod.volumeZone}, where its volume lives` }
    const nodeName =
      pickFrom(state, inZone.filter(isManaged), workload.requests) ??
      pickFrom(state, inZone.filter((nodeClass) => !isManaged(nodeClass)), workload.requests)
    return nodeName === null ? { reason: 'no suitable node has enough free cpu, memory, gpu or pod slots' } : { nodeName }
  }

  const follow = (event: TwinEvent) => {
    switch (event.kind) {
      case 'node-added':
        return classes.put(event.node.name)
      case 'node-relabelled':
      case 'node-detached':
        return classes.put(event.nodeName)
      case 'node-removed':
        return classes.remove(event.nodeName)
      case 'node-ready':
      case 'node-cordoned':
      case 'pod-bound':
        return classes.touch(event.nodeName)
      case 'pod-created':
        return event.pod.nodeName === null ? undefined : classes.touch(event.pod.nodeName)
    }
  }

  return { follow, touch: classes.touch, find }
}
