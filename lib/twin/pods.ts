import { say, type Engine } from './engine-context'
import { letters } from './random'
import type { Pod, Workload } from './types'

const podAlphabet = 'bcdfghjklmnpqrstvwxz2456789'
export const retryPendingMs = 30_000

/** Puts a pending pod on a node, or says why it cannot. */
export const schedule = (engine: Engine, podName: string): boolean => {
  const { state, placement, emit, after } = engine
  const pod = state.pods.get(podName)
  const workload = pod && state.workloads.get(pod.workloadId)
  if (pod === undefined || workload === undefined) return false
  const found = placement.find(pod, workload)
  if ('reason' in found) {
    if (pod.reason !== found.reason) emit({ kind: 'pod-unschedulable', podName, reason: found.reason })
    return false
  }
  emit({ kind: 'pod-bound', podName, nodeName: found.nodeName })
  after(workload.startUpMs, { kind: 'pod-ready', podName })
  return true
}

/** Tries every pending pod again; asks to be called again while any is left. */
export const retryPending = (engine: Engine): void => {
  for (const podName of [...engine.state.pending]) schedule(engine, podName)
}

const nameFor = (engine: Engine, pod: Pod, workload: Workload): string => {
  if (workload.kind === 'StatefulSet') return pod.name
  for (;;) {
    const name = `${pod.name.slice(0, pod.name.lastIndexOf('-'))}-${letters(engine.random, 5, podAlphabet)}`
    if (!engine.state.pods.has(name)) return name
  }
}

/**
 * Takes a pod off its node. A controller makes it anew (a StatefulSet under the same name); a stand-alone
 * pod is gone for good and a DaemonSet's belongs to the node.
 */
export const removePod = (engine: Engine, podName: string, cause: 'evicted' | 'forced' | 'node-gone'): void => {
  const { state, emit, after } = engine
  const pod = state.pods.get(podName)
  const workload = pod && state.workloads.get(pod.workloadId)
  if (pod === undefined || workload === undefined) return
  emit({ kind: 'pod-removed', podName, cause })
  if (workload.kind === 'DaemonSet') return
  if (workload.kind === 'Standalone') {
    say(engine, 'WARN', `Pod ${pod.namespace}/${podName} has no controller and was evicted; it is not started again.`)
    return
  }
  const name = nameFor(engine, pod, workload)
  const hadPending = state.pending.size > 0
  emit({
    kind: 'pod-created',
    pod: { ...pod, name, nodeName: null, phase: 'pending', reason: null },
  })
  if (!schedule(engine, name) && !hadPending) after(retryPendingMs, { kind: 'retry-pending' })
}

/** The DaemonSet pods of a node that has just joined. */
export const startDaemons = (engine: Engine, nodeName: string): void => {
  const { state, emit } = engine
  for (const workload of state.workloads.values()) {
    if (workload.kind !== 'DaemonSet') continue
    const name = `${workload.name}-${letters(engine.random, 5, podAlphabet)}${nodeName.slice(-4)}`
    emit({
      kind: 'pod-created',
      pod: { name, namespace: workload.namespace, workloadId: workload.id, nodeName, phase: 'running', volumeZone: null, reason: null },
    })
  }
}

/** Pods that a drain has to move: all but those of DaemonSets. */
export const drainablePods = (engine: Engine, nodeName: string): Pod[] => {
  const names = engine.state.podsByNode.get(nodeName) ?? new Set<string>()
  return [...names].flatMap((name) => {
    const pod = engine.state.pods.get(name)
    const kind = pod && engine.state.workloads.get(pod.workloadId)?.kind
    return pod !== undefined && kind !== 'DaemonSet' ? [pod] : []
  })
}

/** Removes a node with what is left on it. */
export const removeNode = (engine: Engine, nodeName: string): void => {
  const { state, emit, placement } = engine
  const node = state.nodes.get(nodeName)
  if (node === undefined) return
  placement.remove(node)
  for (const podName of [...(state.podsByNode.get(nodeName) ?? [])]) removePod(engine, podName, 'node-gone')
  emit({ kind: 'node-removed', nodeName })
}


