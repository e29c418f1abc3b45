import { budgetsOf, wantedHealthy } from '@/lib/twin/budget'
import { applyEvent, createState } from '@/lib/twin/state'
import type { AffinityTerm, Pod, TwinEvent, TwinNode, TwinSpec, TwinState, Workload } from '@/lib/twin/types'

/** What is wrong with a history, in sentences; empty when it keeps every rule. */
type Watch = { faults: string[]; state: TwinState; ended: Map<string, string>; retainted: Set<string> }

// Written without the twin's own constraint code, so that the two cannot share a mistake.
const term = ({ key, operator, values }: AffinityTerm, labels: Record<string, string>): boolean => {
  const isThere = key in labels
  const isListed = isThere && values.includes(labels[key] ?? '')
  return { In: isListed, NotIn: !isListed, Exists: isThere, DoesNotExist: !isThere }[operator]
}

const repels = (workload: Workload, node: TwinNode, effects: string[]): boolean => {
  for (const taint of node.taints) {
    if (!effects.includes(taint.effect)) continue
    if (taint.key === 'kubernetes.azure.com/scalesetpriority' && workload.toleratesSpot) continue
    const isTaken = workload.tolerations.some(({ key, value, effect }) => key === taint.key && (value === null || value === taint.value) && (effect === null || effect === taint.effect))
    if (!isTaken) return true
  }
  return false
}

const mayRun = (workload: Workload, node: TwinNode): boolean => {
  for (const [key, value] of Object.entries(workload.nodeSelector)) if (node.labels[key] !== value) return false
  if (workload.requiredAffinity.some((needed) => !term(needed, node.labels))) return false
  return !repels(workload, node, ['NoSchedule', 'NoExecute'])
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

/** Nodes that Ocean adds keep to the limits of their group and of the cluster, as these are when the node comes. */
const checkLimits = ({ faults, state }: Watch, { vngId, name }: TwinNode): void => {
  if (vngId === null) return
  const { cluster } = state
  const managed = [...state.nodes.values()].filter((node) => node.vngId !== null)
  const most = (state.vngs.get(vngId) ?? cluster.template).maxCount
  if (managed.filter((node) => node.vngId === vngId).length > most) faults.push(`${name} is one too many for ${vngId}`)
  const sum = (key: 'milliCpu' | 'memoryMiB') => managed.reduce((total, { allocatable }) => total + allocatable[key], 0)
  if (sum('milliCpu') > cluster.maxVCpu * 1000 || sum('memoryMiB') > cluster.maxMemoryGiB * 1024) faults.push(`${name} exceeds the limits of the cluster`)
}

/** No pod outlasts the moment in which a taint drives it off. */
const checkDrivenOff = ({ faults, state, retainted }: Watch): void => {
  for (const pod of state.pods.values()) {
    if (pod.nodeName === null || !retainted.has(pod.nodeName)) continue
    const [node, workload] = [state.nodes.get(pod.nodeName), state.workloads.get(pod.workloadId)]
    if (node === undefined || workload === undefined || workload.kind === 'DaemonSet') continue
    if (repels(workload, node, ['NoExecute'])) faults.push(`${pod.id} stayed on ${node.name} against a taint`)
  }
  retainted.clear()
}

const shown = (state: TwinState, runId: string): string => {
  const run = state.runs.get(runId)
  return JSON.stringify(run && { ...run, nodes: [...run.nodes.values()], capacity: [...run.capacity.values()] })
}

const checkEnded = ({ faults, state, ended }: Watch, event: TwinEvent): void => {
  if (!('runId' in event)) return
  const before = ended.get(event.runId)
  if (before !== undefined && before !== shown(state, event.runId)) faults.push(`a run changed after its end: ${event.kind}`)
  if (event.kind === 'run-ended') ended.set(event.runId, shown(state, event.runId))
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
  if (event.tMs > state.nowMs && watch.retainted.size > 0) checkDrivenOff(watch)
  if (event.kind === 'pod-created' && state.pods.has(event.pod.id)) faults.push(`${event.pod.id} was doubled`)
  if (event.kind === 'pod-bound' && before) checkBinding(watch, before, event.nodeName)
  checkRun(watch, event)
  applyEvent(state, event)
  checkEnded(watch, event)
  if (event.kind === 'node-relabelled') watch.retainted.add(event.nodeName)
  if (event.kind === 'node-added') checkLimits(watch, event.node)
  if (event.kind === 'pod-bound') checkCapacity(watch, event.nodeName)
  if (event.kind === 'pod-created') checkReplicas(watch, event.pod)
  if (event.kind === 'pod-evicted' && before && !event.isForced) checkBudget(watch, before, wasReady)
}

/** Folds a history over its starting state and checks every step of it. */
export const watch = (spec: TwinSpec, events: TwinEvent[]): Watch => {
  const seen: Watch = { faults: [], state: createState(spec), ended: new Map(), retainted: new Set() }
  for (const event of events) follow(seen, event)
  return seen
}
