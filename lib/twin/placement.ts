import { constraintsKey, mismatchOf } from './constraints'
import { createNodeClasses, type NodeClass } from './node-classes'
import type { Pod, Resources, TwinEvent, TwinState, Workload } from './types'
import { causes, createTally, shortages } from './unschedulable'

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
  /** A node with room, or the scheduler's words why there is none. Managed nodes come first, the emptiest first. */
  find: (pod: Pod, workload: Workload) => { nodeName: string } | { reason: string }
}

const pickFrom = (suitable: NodeClass[], need: Resources): string | null => {
  const depth = suitable[0]?.levels.length ?? 0
  for (let level = depth - 1; level >= 0; level -= 1)
    for (const { levels } of suitable)
      for (const place of levels[level] ?? []) if (shortages(place, need).length === 0) return place.node.name
  return null
}

/** Answers why classes do not take a workload, from memory where it can; null for one that does. */
const createMismatches = () => {
  const keys = new Map<string, string>()
  const keyOf = (workload: Workload): string => {
    const known = keys.get(workload.id) ?? constraintsKey(workload)
    keys.set(workload.id, known)
    return known
  }
  return (workload: Workload) => {
    const key = keyOf(workload)
    return (nodeClass: NodeClass): string | null => {
      const known = nodeClass.mismatches.get(key)
      if (known !== undefined) return known
      const answer = mismatchOf(workload, nodeClass.sample)
      nodeClass.mismatches.set(key, answer)
      return answer
    }
  }
}

const isManaged = ({ sample }: NodeClass) => sample.vngId !== null

export const createPlacement = (state: TwinState): Placement => {
  const classes = createNodeClasses(state)
  const mismatches = createMismatches()

  const refusals = ({ volumeZone }: Pod, workload: Workload) => {
    const mismatch = mismatches(workload)
    return (nodeClass: NodeClass): string | null =>
      mismatch(nodeClass) ?? (volumeZone === null || nodeClass.sample.zone === volumeZone ? null : causes.volume)
  }

  /** Counts every node under what keeps the pod off it; called when all of them do. */
  const explain = (pod: Pod, workload: Workload): string => {
    const tally = createTally()
    const refusalOf = refusals(pod, workload)
    for (const nodeClass of classes.all()) tally.addClass(nodeClass, refusalOf(nodeClass), workload.requests)
    return tally.text()
  }

  const find: Placement['find'] = (pod, workload) => {
    const refusalOf = refusals(pod, workload)
    const suitable = [...classes.all()].filter((nodeClass) => refusalOf(nodeClass) === null)
    const nodeName =
      pickFrom(suitable.filter(isManaged), workload.requests) ??
      pickFrom(suitable.filter((nodeClass) => !isManaged(nodeClass)), workload.requests)
    return nodeName === null ? { reason: explain(pod, workload) } : { nodeName }
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
