import type { Pod, Resources, Toleration, TwinNode, TwinState, TwinTaint, Workload } from './types'

/**
 * Where a pod may go. Nodes that look alike to the scheduler (labels a selector can name, taints, zone,
 * managed or not) form one class; a workload's fit is computed once per class and not once per node, so
 * that the cost grows with the kinds of nodes and not with their number.
 */
export type Placement = {
  add: (node: TwinNode) => void
  remove: (node: TwinNode) => void
  /** A node with room, or the reason why there is none. Managed nodes come first, newest first. */
  find: (pod: Pod, workload: Workload) => { nodeName: string } | { reason: string }
}

type NodeClass = { sample: TwinNode; labels: Record<string, string>; names: string[]; fits: Map<string, boolean> }

const isTolerated = (taint: TwinTaint, tolerations: Toleration[]): boolean =>
  tolerations.some(
    ({ key, value, effect }) =>
      key === taint.key && (value === null || value === taint.value) && (effect === null || effect === taint.effect),
  )

const blocks = ({ effect }: TwinTaint) => effect === 'NoSchedule' || effect === 'NoExecute'

/** Selector labels and taints of the workload against the node; resources are not looked at. */
export const mayRunOn = (workload: Workload, node: Pick<TwinNode, 'labels' | 'taints'>): boolean =>
  Object.entries(workload.nodeSelector).every(([key, value]) => node.labels[key] === value) &&
  node.taints.filter(blocks).every((taint) => isTolerated(taint, workload.tolerations))

const hasRoom = (state: TwinState, node: TwinNode, need: Resources): boolean => {
  const used = state.used.get(node.name)
  const pods = state.podsByNode.get(node.name)?.size ?? 0
  return (
    used !== undefined &&
    pods < node.maxPods &&
    used.milliCpu + need.milliCpu <= node.allocatable.milliCpu &&
    used.memoryMiB + need.memoryMiB <= node.allocatable.memoryMiB &&
    used.gpu + need.gpu <= node.allocatable.gpu
  )
}

const hostname = 'kubernetes.io/hostname'

const sharedLabels = (node: TwinNode) => Object.fromEntries(Object.entries(node.labels).filter(([key]) => key !== hostname))

const classKey = (node: TwinNode) =>
  JSON.stringify([node.vngId, node.zone, node.mode, Object.entries(sharedLabels(node)).sort(), node.taints])

const isOpen = (node: TwinNode) => node.isReady && !node.isCordoned

export const createPlacement = (state: TwinState): Placement => {
  const classes = new Map<string, NodeClass>()
  const keyOf = new Map<string, string>()

  const add = (node: TwinNode) => {
    const key = classKey(node)
    keyOf.set(node.name, key)
    const known = classes.get(key)
    if (known) known.names.push(node.name)
    else classes.set(key, { sample: node, labels: sharedLabels(node), names: [node.name], fits: new Map() })
  }

  const remove = (node: TwinNode) => {
    const key = keyOf.get(node.name)
    const known = key === undefined ? undefined : classes.get(key)
    keyOf.delete(node.name)
    if (known === undefined || key === undefined) return
    known.names = known.names.filter((name) => name !== node.name)
    if (known.names.length === 0) classes.delete(key)
  }

  const fits = (known: NodeClass, workload: Workload): boolean => {
    const seen = known.fits.get(workload.id)
    if (seen !== undefined) return seen
    const answer = mayRunOn(workload, known.sample)
    known.fits.set(workload.id, answer)
    return answer
  }

  const pickFrom = (known: NodeClass, need: Resources): string | null => {
    for (let index = known.names.length - 1; index >= 0; index -= 1) {
      const node = state.nodes.get(known.names[index] as string)
      if (node && isOpen(node) && hasRoom(state, node, need)) return node.name
    }
    return null
  }

  const find: Placement['find'] = (pod, workload) => {
    let allowed = 0
    let inZone = 0
    const suitable: NodeClass[] = []
    for (const known of classes.values()) {
      if (!fits(known, workload)) continue
      allowed += 1
      if (pod.volumeZone !== null && known.sample.zone !== pod.volumeZone) continue
      inZone += 1
      suitable.push(known)
    }
    for (const isManaged of [true, false])
      for (const known of suitable) {
        if ((known.sample.vngId !== null) !== isManaged) continue
        const nodeName = pickFrom(known, workload.requests)
        if (nodeName !== null) return { nodeName }
      }
    if (allowed === 0) return { reason: 'no node carries the labels the pod selects and taints it tolerates' }
    if (inZone === 0) return { reason: `no suitable node in ${pod.volumeZone}, where its volume lives` }
    return { reason: 'no suitable node has enough free cpu, memory or gpu' }
  }

  for (const node of state.nodes.values()) add(node)
  return { add, remove, find }
}
