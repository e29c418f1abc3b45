import { wantedHealthy } from './budget'
import { applyPodEvent, addPod } from './state-pods'
import { applyRunEvent, runFrom } from './state-runs'
import type { Resources, TwinEvent, TwinNode, TwinSpec, TwinState } from './types'
import { countedSize } from './vm-sizes'

const nothing = (): Resources => ({ milliCpu: 0, memoryMiB: 0, gpu: 0 })

const byKey = <Item>(items: Item[], key: (item: Item) => string) => new Map(items.map((item) => [key(item), item]))

/** The state at time zero: a copy of the spec with its indexes. */
export const createState = (spec: TwinSpec): TwinState => {
  const state: TwinState = {
    nowMs: 0,
    cluster: spec.cluster,
    vngs: byKey(spec.vngs, ({ id }) => id),
    pools: byKey(spec.pools, ({ name }) => name),
    nodes: new Map(),
    workloads: byKey(spec.workloads, ({ id }) => id),
    pdbs: byKey(spec.pdbs, ({ id }) => id),
    pods: new Map(),
    loads: new Map(),
    budgets: new Map(spec.pdbs.map((pdb) => [pdb.id, { pdb, wanted: wantedHealthy(pdb), ready: 0 }])),
    pending: new Set(),
    nodesByVng: new Map(),
    managed: nothing(),
    runs: new Map(spec.runs.map((run) => [run.id, runFrom(run)])),
    log: [...spec.log],
    lastHeartbeatMs: 0,
    isControllerSilent: false,
  }
  for (const node of spec.nodes) addNode(state, node)
  for (const pod of spec.pods) addPod(state, pod)
  return state
}

const countManaged = (state: TwinState, node: TwinNode, sign: 1 | -1) => {
  if (node.vngId === null) return
  state.nodesByVng.set(node.vngId, (state.nodesByVng.get(node.vngId) ?? 0) + sign)
  const { milliCpu, memoryMiB, gpu } = countedSize(state.cluster, node)
  state.managed.milliCpu += sign * milliCpu
  state.managed.memoryMiB += sign * memoryMiB
  state.managed.gpu += sign * gpu
}

const addNode = (state: TwinState, node: TwinNode) => {
  state.nodes.set(node.name, { ...node })
  state.loads.set(node.name, { ...nothing(), pods: [] })
  countManaged(state, node, 1)
}

const removeNode = (state: TwinState, nodeName: string) => {
  const node = state.nodes.get(nodeName)
  if (node) countManaged(state, node, -1)
  state.nodes.delete(nodeName)
  state.loads.delete(nodeName)
}

const withNode = (state: TwinState, nodeName: string, change: (node: TwinNode) => void) => {
  const node = state.nodes.get(nodeName)
  if (node) change(node)
}

type NodeEvent = Extract<TwinEvent, { kind: `node-${string}` }>

const applyNodeEvent = (state: TwinState, event: NodeEvent): void => {
  switch (event.kind) {
    case 'node-added':
      return addNode(state, event.node)
    case 'node-removed':
      return removeNode(state, event.nodeName)
    case 'node-ready':
      return withNode(state, event.nodeName, (node) => {
        node.isReady = true
      })
    case 'node-cordoned':
      return withNode(state, event.nodeName, (node) => {
        node.isCordoned = event.isCordoned
      })
    case 'node-relabelled':
      return withNode(state, event.nodeName, (node) => {
        node.labels = event.labels
        node.taints = event.taints
      })
    case 'node-detached':
      return withNode(state, event.nodeName, (node) => {
        countManaged(state, node, -1)
        node.vngId = null
      })
  }
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
    case 'pool-set':
      state.pools.set(event.pool.name, event.pool)
      return
    case 'node-added':
    case 'node-ready':
    case 'node-relabelled':
    case 'node-detached':
    case 'node-removed':
    case 'node-cordoned':
      return applyNodeEvent(state, event)
    case 'pod-created':
    case 'pod-bound':
    case 'pod-unschedulable':
    case 'pod-ready':
    case 'pod-evicted':
    case 'pod-removed':
      return applyPodEvent(state, event)
    default:
      return applyRunEvent(state, event)
  }
}
