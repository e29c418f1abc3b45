import { applyEvent, createState } from '@/lib/twin/state'
import type { AffinityTerm, Pdb, Pod, TwinEvent, TwinNode, TwinSpec, TwinState, Workload } from '@/lib/twin/types'

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

/** Pods that a budget of so many wants ready: a percentage is of all, and the next whole number of it is meant. */
const wanted = ({ minAvailable, maxUnavailable, expectedPods }: Pdb): number => {
  const pods = (rule: number | string): number => (typeof rule === 'number' ? rule : Math.ceil((Number(rule.replace('%', '')) / 100) * expectedPods - 1e-9))
  return minAvailable === null ? Math.max(0, expectedPods - pods(maxUnavailable ?? expectedPods)) : pods(minAvailable)
}

const isUnder = (state: TwinState, pod: Pod, pdb: Pdb): boolean => state.workloads.get(pod.workloadId)?.pdbIds.includes(pdb.id) ?? false

/** Kubernetes' rule for one eviction over its API, from the pods as they were before it. One whose containers do not run yet is under no budget. */
const checkBudget = ({ faults, state }: Watch, pod: Pod): void => {
  if (pod.phase !== 'running' && !pod.isBroken) return
  const over = [...state.pdbs.values()].filter((pdb) => isUnder(state, pod, pdb))
  if (over.length > 1) faults.push(`${pod.id} went though it is under ${over.length} budgets`)
  for (const pdb of over) {
    const ready = [...state.pods.values()].filter((other) => other.phase === 'running' && isUnder(state, other, pdb)).length
    if (ready - (pod.phase === 'running' ? 1 : 0) < wanted(pdb)) faults.push(`${pdb.id} was overdrawn by ${pod.id}: ${ready} were ready`)
  }
}

/** Who may take a pod by force: a taint, or a run that does not respect budgets, or one that does and finds the pod under none at its deadline. */
const checkForce = (watch: Watch, pod: Pod): void => {
  const { faults, state, retainted } = watch
  if (pod.nodeName !== null && retainted.has(pod.nodeName)) return
  const draining = [...state.runs.values()].find(({ status, nodes }) => status === 'IN_PROGRESS' && nodes.get(pod.nodeName ?? '')?.status === 'IN_PROGRESS')
  if (draining === undefined) return void faults.push(`${pod.id} was taken by force and nobody drains its node`)
  if (draining.options.respectPdb && [...state.pdbs.values()].some((pdb) => isUnder(state, pod, pdb))) faults.push(`${pod.id} was taken by force against its budget`)
}

/** Nodes that Ocean adds keep to the limits of their group and of the cluster, as these are when the node comes. */
const checkLimits = ({ faults, state }: Watch, { vngId, name }: TwinNode): void => {
  if (vngId === null) return
  const { cluster } = state
  const managed = [...state.nodes.values()].filter((node) => node.vngId !== null)
  const most = (state.vngs.get(vngId) ?? cluster.template).maxCount
  if (managed.filter((node) => node.vngId === vngId).length > most) faults.push(`${name} is one too many for ${vngId}`)
  const cores = managed.reduce((total, { vmSize }) => total + Number(/_[A-Z]+(\d+)/.exec(vmSize)?.[1] ?? 0), 0)
  const memoryMiB = managed.reduce((total, { allocatable }) => total + allocatable.memoryMiB, 0)
  if (cores > cluster.maxVCpu || memoryMiB > cluster.maxMemoryGiB * 1024) faults.push(`${name} exceeds the limits of the cluster`)
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
  if (event.tMs < state.nowMs) faults.push('time went back')
  if (event.tMs > state.nowMs && watch.retainted.size > 0) checkDrivenOff(watch)
  if (event.kind === 'pod-created' && state.pods.has(event.pod.id)) faults.push(`${event.pod.id} was doubled`)
  if (event.kind === 'pod-bound' && before) checkBinding(watch, before, event.nodeName)
  if (event.kind === 'pod-evicted' && before) (event.isForced ? checkForce : checkBudget)(watch, before)
  checkRun(watch, event)
  applyEvent(state, event)
  checkEnded(watch, event)
  if (event.kind === 'node-relabelled') watch.retainted.add(event.nodeName)
  if (event.kind === 'node-added') checkLimits(watch, event.node)
  if (event.kind === 'pod-bound') checkCapacity(watch, event.nodeName)
  if (event.kind === 'pod-created') checkReplicas(watch, event.pod)
  if (event.kind === 'pod-created' && event.pod.nodeName !== null) checkCapacity(watch, event.pod.nodeName)
}

/** Folds a history over its starting state and checks every step of it. */
export const watch = (spec: TwinSpec, events: TwinEvent[]): Watch => {
  const seen: Watch = { faults: [], state: createState(spec), ended: new Map(), retainted: new Set() }
  for (const event of events) follow(seen, event)
  return seen
}
