import type { Pod, TwinEvent, TwinState } from './types'

export type PodEvent = Extract<TwinEvent, { kind: `pod-${string}` }>

const occupy = (state: TwinState, pod: Pod, sign: 1 | -1) => {
  if (pod.nodeName === null) return
  const load = state.loads.get(pod.nodeName)
  const requests = state.workloads.get(pod.workloadId)?.requests
  if (load === undefined || requests === undefined) return
  load.milliCpu += sign * requests.milliCpu
  load.memoryMiB += sign * requests.memoryMiB
  load.gpu += sign * requests.gpu
  if (sign === 1) load.pods.push(pod)
  else load.pods = load.pods.filter((other) => other !== pod)
}

const countReady = (state: TwinState, pod: Pod, change: 1 | -1) => {
  for (const pdbId of state.workloads.get(pod.workloadId)?.pdbIds ?? []) {
    const budget = state.budgets.get(pdbId)
    if (budget) budget.ready += change
  }
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
  pod.nodeName = null
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
