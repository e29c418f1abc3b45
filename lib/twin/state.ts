import type { Pod, Resources, TwinCluster, TwinEvent, TwinNode, TwinRun, TwinState, TwinVng, Workload, Pdb } from './types'

/** What a twin starts from. */
export type TwinSpec = {
  cluster: TwinCluster
  vngs: TwinVng[]
  nodes: TwinNode[]
  workloads: Workload[]
  pdbs: Pdb[]
  pods: Pod[]
}

const nothing = (): Resources => ({ milliCpu: 0, memoryMiB: 0, gpu: 0 })

/** The state at time zero: the spec with its indexes. */
export const createState = (spec: TwinSpec): TwinState => {
  const state: TwinState = {
    nowMs: 0,
    cluster: spec.cluster,
    vngs: new Map(spec.vngs.map((vng) => [vng.id, vng])),
    nodes: new Map(),
    workloads: new Map(spec.workloads.map((workload) => [workload.id, workload])),
    pdbs: new Map(spec.pdbs.map((pdb) => [pdb.id, pdb])),
    pods: new Map(),
    podsByNode: new Map(),
    used: new Map(),
    readyByPdb: new Map(spec.pdbs.map((pdb) => [pdb.id, 0])),
    pending: new Set(),
    runs: new Map(),
    log: [],
    lastHeartbeatMs: 0,
    isControllerSilent: false,
  }
  for (const node of spec.nodes) addNode(state, { ...node })
  for (const pod of spec.pods) addPod(state, { ...pod })
  return state
}

const addNode = (state: TwinState, node: TwinNode) => {
  state.nodes.set(node.name, node)
  state.podsByNode.set(node.name, new Set())
  state.used.set(node.name, nothing())
}

const occupy = (state: TwinState, pod: Pod, sign: 1 | -1) => {
  if (pod.nodeName === null) return
  const used = state.used.get(pod.nodeName)
  const requests = state.workloads.get(pod.workloadId)?.requests
  if (used === undefined || requests === undefined) return
  used.milliCpu += sign * requests.milliCpu
  used.memoryMiB += sign * requests.memoryMiB
  used.gpu += sign * requests.gpu
  const onNode = state.podsByNode.get(pod.nodeName)
  if (sign === 1) onNode?.add(pod.name)
  else onNode?.delete(pod.name)
}

const countReady = (state: TwinState, pod: Pod, change: 1 | -1) => {
  const pdbId = state.workloads.get(pod.workloadId)?.pdbId
  if (pdbId != null) state.readyByPdb.set(pdbId, (state.readyByPdb.get(pdbId) ?? 0) + change)
}

const addPod = (state: TwinState, pod: Pod) => {
  state.pods.set(pod.name, pod)
  occupy(state, pod, 1)
  if (pod.phase === 'running') countReady(state, pod, 1)
  if (pod.phase === 'pending') state.pending.add(pod.name)
}

const removePod = (state: TwinState, podName: string) => {
  const pod = state.pods.get(podName)
  if (pod === undefined) return
  occupy(state, pod, -1)
  if (pod.phase === 'running') countReady(state, pod, -1)
  state.pods.delete(podName)
  state.pending.delete(podName)
}

const bindPod = (state: TwinState, podName: string, nodeName: string) => {
  const pod = state.pods.get(podName)
  if (pod === undefined) return
  pod.nodeName = nodeName
  pod.phase = 'starting'
  pod.reason = null
  state.pending.delete(podName)
  occupy(state, pod, 1)
}

const withRun = (state: TwinState, runId: string, change: (run: TwinRun) => void) => {
  const run = state.runs.get(runId)
  if (run) change(run)
}

/** Applies one event to the state, in place: the state of a large cluster is too big to copy per event. */
export const applyEvent = (state: TwinState, event: TwinEvent): void => {
  state.nowMs = event.tMs
  switch (event.kind) {
    case 'heartbeat':
      state.lastHeartbeatMs = event.tMs
      return
    case 'controller-silenced':
      state.isControllerSilent = event.isSilent
      return
    case 'log':
      state.log.push({ tMs: event.tMs, severity: event.severity, message: event.message, resourceId: event.resourceId })
      return
    case 'cluster-changed':
      state.cluster = event.cluster
      return
    case 'vng-set':
      state.vngs.set(event.vng.id, event.vng)
      return
    case 'vng-deleted':
      state.vngs.delete(event.vngId)
      return
    case 'node-added':
      return addNode(state, { ...event.node })
    case 'node-removed':
      state.nodes.delete(event.nodeName)
      state.podsByNode.delete(event.nodeName)
      state.used.delete(event.nodeName)
      return
    case 'node-cordoned': {
      const node = state.nodes.get(event.nodeName)
      if (node) node.isCordoned = event.isCordoned
      return
    }
    case 'pod-created':
      return addPod(state, { ...event.pod })
    case 'pod-bound':
      return bindPod(state, event.podName, event.nodeName)
    case 'pod-unschedulable': {
      const pod = state.pods.get(event.podName)
      if (pod) pod.reason = event.reason
      return
    }
    case 'pod-ready': {
      const pod = state.pods.get(event.podName)
      if (pod === undefined || pod.phase === 'running') return
      pod.phase = 'running'
      return countReady(state, pod, 1)
    }
    case 'pod-removed':
      return removePod(state, event.podName)
    default:
      return applyRunEvent(state, event)
  }
}

type RunEvent = Extract<TwinEvent, { runId: string } | { kind: 'run-created' }>

const applyRunEvent = (state: TwinState, event: RunEvent): void => {
  switch (event.kind) {
    case 'run-created':
      // The run is copied: the event keeps its first state while the run goes on.
      state.runs.set(event.run.id, {
        ...event.run,
        nodes: new Map([...event.run.nodes].map(([name, node]) => [name, { ...node }])),
        capacity: new Map(event.run.capacity),
      })
      return
    case 'batch-started':
      return withRun(state, event.runId, (run) => {
        run.currentBatch = event.batch
      })
    case 'run-node':
      return withRun(state, event.runId, (run) => {
        const node = run.nodes.get(event.nodeName)
        if (node === undefined) return
        node.status = event.status
        node.vngId = event.vngId
        node.podNames = event.podNames
      })
    case 'capacity':
      return withRun(state, event.runId, (run) => {
        run.capacity.set(event.row.poolName, event.row)
      })
    case 'stop-asked':
      return withRun(state, event.runId, (run) => {
        run.isStopping = true
      })
    case 'run-ended':
      return withRun(state, event.runId, (run) => {
        run.status = event.status
        run.endedAtMs = event.tMs
      })
  }
}
