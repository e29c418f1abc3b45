import { isDrivenOff, mayRunOn } from './constraints'
import { say, type Engine } from './engine-context'
import { letters } from './random'
import type { Pod, Workload } from './types'

const podAlphabet = 'bcdfghjklmnpqrstvwxz2456789'
const retryPendingMs = 30_000
const retrySoonMs = 1_000

/** Puts a pending pod on a node, or says why it cannot. */
const schedule = (engine: Engine, podId: string): boolean => {
  const { state, placement, emit, after } = engine
  const pod = state.pods.get(podId)
  const workload = pod && state.workloads.get(pod.workloadId)
  if (pod === undefined || workload === undefined) return false
  const found = placement.find(pod, workload)
  if ('reason' in found) {
    if (pod.reason !== found.reason) emit({ kind: 'pod-unschedulable', podId, reason: found.reason })
    return false
  }
  emit({ kind: 'pod-bound', podId, nodeName: found.nodeName })
  if (!pod.isBroken) after(workload.startUpMs, { kind: 'pod-ready', pod })
  return true
}

const planRetry = (engine: Engine, delayMs: number): void => {
  if (engine.isRetryPlanned || engine.state.pending.size === 0) return
  engine.isRetryPlanned = true
  engine.after(delayMs, { kind: 'retry-pending' })
}

/** Tries every pending pod again. Pods of one workload and zone fare alike: after one refusal the rest are told the same. */
export const retryPending = (engine: Engine): void => {
  const { state, emit } = engine
  engine.isRetryPlanned = false
  const refused = new Map<string, string | null>()
  for (const podId of [...state.pending]) {
    const pod = state.pods.get(podId)
    const kind = `${pod?.workloadId} ${pod?.volumeZone}`
    const reason = refused.get(kind)
    if (reason == null) {
      if (!schedule(engine, podId)) refused.set(kind, state.pods.get(podId)?.reason ?? null)
    } else if (pod?.reason !== reason) emit({ kind: 'pod-unschedulable', podId, reason })
  }
  planRetry(engine, retryPendingMs)
}

/** Room has appeared: pending pods are tried at once. */
export const retrySoon = (engine: Engine): void => {
  engine.isRetryPlanned = false
  planRetry(engine, retrySoonMs)
}

const nameFor = (engine: Engine, pod: Pod, workload: Workload): string => {
  if (workload.kind === 'StatefulSet') return pod.name
  for (;;) {
    const name = `${pod.name.slice(0, pod.name.lastIndexOf('-'))}-${letters(engine.random, 5, podAlphabet)}`
    if (!engine.state.pods.has(`${pod.namespace}/${name}`)) return name
  }
}

/** What its controller does when a pod has left: the next one is made and looks for a node. */
const remake = (engine: Engine, pod: Pod, workload: Workload): void => {
  const name = nameFor(engine, pod, workload)
  const id = `${pod.namespace}/${name}`
  engine.emit({ kind: 'pod-created', pod: { ...pod, id, name, nodeName: null, phase: 'pending', reason: null, createdAtMs: engine.state.nowMs } })
  for (const work of engine.work.values()) work.displaced.add(id)
  if (!schedule(engine, id)) planRetry(engine, retryPendingMs)
}

const isRemade = ({ kind }: Workload) => kind !== 'DaemonSet' && kind !== 'Standalone'

/**
 * Evicts a pod: it stops being ready now and is gone after its grace period. Its controller makes the next
 * one at once; a StatefulSet waits until the old one is gone, for the name and the volume are the same. A
 * stand-alone pod is not started again (Spot API, Create Migration, `shouldEvictStandalonePods`).
 */
export const evict = (engine: Engine, pod: Pod, isForced: boolean): void => {
  const workload = engine.state.workloads.get(pod.workloadId)
  if (workload === undefined) return
  engine.emit({ kind: 'pod-evicted', podId: pod.id, isForced })
  engine.after(isForced ? 0 : workload.terminationMs, { kind: 'pod-gone', pod })
  if (workload.kind === 'Standalone') say(engine, 'WARN', `Pod ${pod.id} has no controller and was evicted; it is not started again.`, pod.nodeName)
  else if (workload.kind !== 'StatefulSet') remake(engine, pod, workload)
}

/** The end of a pod's grace period. */
export const finishEviction = (engine: Engine, pod: Pod): void => {
  const workload = engine.state.workloads.get(pod.workloadId)
  engine.emit({ kind: 'pod-removed', podId: pod.id })
  if (workload?.kind === 'StatefulSet') remake(engine, pod, workload)
}

/** The DaemonSet pods of a node that has just joined. Their selectors count; they tolerate every taint, as those of AKS do. */
export const startDaemons = (engine: Engine, nodeName: string): void => {
  const { state, emit } = engine
  const labels = state.nodes.get(nodeName)?.labels ?? {}
  for (const workload of engine.daemons) {
    if (!mayRunOn(workload, { labels, taints: [] })) continue
    const name = `${workload.name}-${letters(engine.random, 5, podAlphabet)}${nodeName.slice(-4)}`
    const id = `${workload.namespace}/${name}`
    if (state.pods.has(id)) continue
    const place = { nodeName, phase: 'running', volumeZone: null, reason: null } as const
    emit({ kind: 'pod-created', pod: { ...place, id, name, namespace: workload.namespace, workloadId: workload.id, isBroken: false, createdAtMs: state.nowMs } })
  }
}

/** Pods that a drain has to move, those on their way out included: all but those of DaemonSets. */
export const drainablePods = ({ state }: Engine, nodeName: string): Pod[] =>
  (state.loads.get(nodeName)?.pods ?? []).filter(({ workloadId }) => state.workloads.get(workloadId)?.kind !== 'DaemonSet')

/** Deletes the pods that a taint of their node drives off; budgets are not asked (Kubernetes, Taints and Tolerations, `NoExecute`). */
export const driveOff = (engine: Engine, nodeName: string): void => {
  const node = engine.state.nodes.get(nodeName)
  for (const pod of drainablePods(engine, nodeName)) {
    const workload = engine.state.workloads.get(pod.workloadId)
    if (node && workload && pod.phase !== 'terminating' && isDrivenOff(workload, node)) evict(engine, pod, true)
  }
}

/** Removes a node with what is left on it; controllers make their pods anew elsewhere. */
export const removeNode = (engine: Engine, nodeName: string): void => {
  const { state, emit } = engine
  if (!state.nodes.has(nodeName)) return
  if (!state.nodes.get(nodeName)?.isCordoned) emit({ kind: 'node-cordoned', nodeName, isCordoned: true })
  const lost = [...(state.loads.get(nodeName)?.pods ?? [])]
  for (const pod of lost) emit({ kind: 'pod-removed', podId: pod.id })
  emit({ kind: 'node-removed', nodeName })
  for (const pod of lost) {
    const workload = state.workloads.get(pod.workloadId)
    const isReplaced = pod.phase === 'terminating' && workload?.kind !== 'StatefulSet'
    if (workload !== undefined && isRemade(workload) && !isReplaced) remake(engine, { ...pod }, workload)
  }
}
