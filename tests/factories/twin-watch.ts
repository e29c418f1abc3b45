import { budgetsOf, wantedHealthy } from '@/lib/twin/budget'
import { applyEvent, createState } from '@/lib/twin/state'
import type { Pod, TwinEvent, TwinNode, TwinSpec, TwinState, Workload } from '@/lib/twin/types'

/** What is wrong with a history, in sentences; empty when it keeps every rule. */
export type Watch = { faults: string[]; state: TwinState }

// Written without the twin's own constraint code, so that the two cannot share a mistake.
const mayRun = (workload: Workload, node: TwinNode): boolean => {
  for (const [key, value] of Object.entries(workload.nodeSelector)) if (node.labels[key] !== value) return false
  for (const taint of node.taints) {
    if (taint.effect === 'PreferNoSchedule') continue
    if (taint.key === 'kubernetes.azure.com/scalesetpriority' && workload.toleratesSpot) continue
    if (!workload.tolerations.some(({ key, value }) => key === taint.key && (value === null || value === taint.value))) return false
  }
  return true
}

const checkBinding = ({ faults, state }: Watch, pod: Pod, nodeName: string): void => {
  const node = state.nodes.get(nodeName)
  const workload = state.workloads.get(pod.workloadId)
  if (node === undefined || workload === undefined) return void faults.push(`${pod.id} was bound to nothing`)
  if (!node.isReady || node.isCordoned) faults.push(`${pod.id} was bound to a closed node`)
  if (!mayRun(workload, node)) faults.push(`${pod.id} may not run on ${nodeName}`)
  if (pod.volumeZone !== null && pod.volumeZone !== node.zone) faults.push(`${pod.id} is away from its volume`)
}

const checkCapacity = ({ faults, state }: Watch, nodeName: string): void => {
  const node = state.nodes.get(nodeName)
  if (node === undefined) return
  const pods = [...state.pods.values()].filter((pod) => pod.nodeName === nodeName)
  const sum = (key: 'milliCpu' | 'memoryMiB' | 'gpu') => pods.reduce((total, pod) => total + (state.workloads.get(pod.workloadId)?.requests[key] ?? 0), 0)
  if (pods.length > node.maxPods) faults.push(`${nodeName} has ${pods.length} pods`)
  for (const key of ['milliCpu', 'memoryMiB', 'gpu'] as const) if (sum(key) > node.allocatable[key]) faults.push(`${nodeName} has too little ${key}`)
}

const live = (state: TwinState, workloadId: string) => [...state.pods.values()].filter((pod) => pod.workloadId === workloadId && pod.phase !== 'terminating')

const checkReplicas = ({ faults, state }: Watch, pod: Pod): void => {
  const workload = state.workloads.get(pod.workloadId)
  if (workload?.kind === 'DaemonSet') return
  if (live(state, pod.workloadId).length > (workload?.replicas ?? 0)) faults.push(`${pod.workloadId} has a pod too many`)
}

const checkBudget = ({ faults, state }: Watch, pod: Pod, wasReady: boolean): void => {
  if (!wasReady) return
  for (const pdb of budgetsOf(state, pod)) {
    const ready = [...state.pods.values()].filter((other) => other.phase === 'running' && budgetsOf(state, other).includes(pdb)).length
    if (ready < wantedHealthy(pdb)) faults.push(`${pdb.id} was overdrawn: ${ready} ready`)
  }
}

const checkRun = ({ faults, state }: Watch, event: TwinEvent): void => {
  if (event.kind === 'batch-started' && event.batch < (state.runs.get(event.runId)?.currentBatch ?? 0)) faults.push('currentBatch went back')
  if (event.kind === 'run-node' && state.runs.get(event.runId)?.status !== 'IN_PROGRESS') faults.push('a node changed in a run that had ended')
}

const follow = (watch: Watch, event: TwinEvent): void => {
  const { state, faults } = watch
  const before = 'podId' in event ? state.pods.get(event.podId) : undefined
  const wasReady = before?.phase === 'running'
  if (event.tMs < state.nowMs) faults.push('time went back')
  if (event.kind === 'pod-created' && state.pods.has(event.pod.id)) faults.push(`${event.pod.id} was doubled`)
  if (event.kind === 'pod-bound' && before) checkBinding(watch, before, event.nodeName)
  checkRun(watch, event)
  applyEvent(state, event)
  if (event.kind === 'pod-bound') checkCapacity(watch, event.nodeName)
  if (event.kind === 'pod-created') checkReplicas(watch, event.pod)
  if (event.kind === 'pod-evicted' && before && !event.isForced) checkBudget(watch, before, wasReady)
}

/** Folds a history over its starting state and checks every step of it. */
export const watch = (spec: TwinSpec, events: TwinEvent[]): Watch => {
  const seen: Watch = { faults: [], state: createState(spec) }
  for (const event of events) follow(seen, event)
  return seen
}
