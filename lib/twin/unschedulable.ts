import type { NodeClass, Place } from './node-classes'
import type { Resources } from './types'

/** What keeps a pod off a node besides labels and taints, in the words of the Kubernetes scheduler. */
export const causes = {
  cordoned: 'node(s) were unschedulable',
  unready: 'node(s) had untolerated taint {node.kubernetes.io/not-ready: }',
  volume: 'node(s) had volume node affinity conflict',
  cpu: 'Insufficient cpu',
  memory: 'Insufficient memory',
  gpu: 'Insufficient nvidia.com/gpu',
  pods: 'Too many pods',
} as const

const none: string[] = []

/** What the node has too little of for the pod; empty when it has room. */
export const shortages = ({ node: { allocatable, maxPods }, load: used }: Place, need: Resources): string[] => {
  const lacksCpu = used.milliCpu + need.milliCpu > allocatable.milliCpu
  const lacksMemory = used.memoryMiB + need.memoryMiB > allocatable.memoryMiB
  const lacksGpu = used.gpu + need.gpu > allocatable.gpu
  const lacksSlots = used.pods.length >= maxPods
  if (!lacksCpu && !lacksMemory && !lacksGpu && !lacksSlots) return none
  return [...(lacksCpu ? [causes.cpu] : none), ...(lacksMemory ? [causes.memory] : none), ...(lacksGpu ? [causes.gpu] : none), ...(lacksSlots ? [causes.pods] : none)]
}

/**
 * Adds up what keeps a pod off every node and says it as Kubernetes does in the condition `PodScheduled`, the
 * sentence on preemption left out: `0/12 nodes are available: 3 Insufficient cpu, 9 node(s) were unschedulable.`
 * A node counts once, except that it may lack several resources.
 */
export const createTally = () => {
  const counts = new Map<string, number>()
  let nodes = 0
  const add = (cause: string, count: number) => {
    if (count > 0) counts.set(cause, (counts.get(cause) ?? 0) + count)
  }

  /** `refusal` is what all nodes of the class are refused for; without one each open node is asked what it lacks. */
  const addClass = ({ levels, size, shut }: NodeClass, refusal: string | null, need: Resources): void => {
    nodes += size
    add(causes.cordoned, shut.cordoned)
    if (refusal !== null) return add(refusal, size - shut.cordoned)
    add(causes.unready, shut.unready)
    for (const level of levels)
      for (const place of level) for (const shortage of shortages(place, need)) add(shortage, 1)
  }

  const text = (): string => {
    if (nodes === 0) return 'no nodes available to schedule pods'
    const parts = [...counts].map(([cause, count]) => `${count} ${cause}`).sort()
    return `0/${nodes} nodes are available: ${parts.join(', ')}.`
  }

  return { addClass, text }
}
