import type { Pod, TwinEvent, TwinState } from './types'

export type PodEvent = Extract<TwinEvent, { kind: `pod-${string}` }>

const occupy = (state: TwinState, pod: Pod, sign: 1 | -1) => {
  if (pod.nodeName === null) return
  const used = state.used.get(pod.nodeName)
  const requests = state.workloads.get(pod.workloadId)?.requests
  if (used === undefined || requests === undefined) return
  used.milliCpu += sign * requests.milliCpu
  used.memoryMiB += sign * requests.memoryMiB
  used.gpu += sign * requests.gpu
  const onNode = state.podsByNode.get(pod.nodeName)
  if (sign === 1) onNode?.add(pod.id)
  else onNode?.delete(pod.id)
}

const countReady = (state: TwinState, pod: Pod, change: 1 | -1) => {
  for (const pdbId of state.workloads.get(pod.workloadId)?.pdbIds ?? []) state.readyByPdb.set(pdbId, (state.readyByPdb.get(pdbId) ?? 0) + change)
}

export const addPod = (state: TwinState, given: Pod): void => {
  const pod = { ...given }
  state.pods.set(pod.id, pod)
  occupy(state, pod, 1)
  if (pod.phase === 'running') countReady(state, pod, 1)
  if (pod.phase === 'pending') state.pending.add(pod.id)
}

const bind = (state: TwinState, pod: Pod, nodeName: string) => {
  pod.nodeName = nodeName
  pod.phase = 'starting'
  pod.reason = null
  state.pending.delete(pod.id)
  occupy(state, pod, 1)
}

const become = (state: TwinState, pod: Pod, phase: 'running' | 'terminating') => {
  const wasReady = pod.phase === 'running'
  pod.phase = phase
  if (wasReady !== (phase === 'running')) countReady(state, pod, wasReady ? -1 : 1)
}

const remove = (state: TwinState, pod: Pod) => {
  occupy(state, pod, -1)
  if (pod.phase === 'running') countReady(state, pod, -1)
  state.pods.delete(pod.id)
  state.pending.delete(pod.id)
}

export const applyPodEvent = (state: TwinState, event: PodEvent): void => {
  if (event.kind === 'pod-created') return addPod(state, event.pod)
  const pod = state.pods.get(event.podId)
  if (pod === undefined) return
  switch (event.kind) {
    case 'pod-bound':
      return bind(state, pod, event.nodeName)
    case 'pod-unschedulable':
      pod.reason = event.reason
      return
    case 'pod-ready':
      return become(state, pod, 'running')
    case 'pod-evicted':
      return become(state, pod, 'terminating')
    case 'pod-removed':
      return remove(state, pod)
  }
}
