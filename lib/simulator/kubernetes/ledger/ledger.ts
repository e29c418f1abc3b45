import type { Pod, TwinEvent, TwinMs, TwinNode, TwinState } from '@/lib/twin/types'
import type { SimulatedCluster } from '../../world'
import { createBook, type Book } from './book'
import { createClaims, type Claim } from './claims'

/** What Kubernetes knows of a cluster beyond its present state: versions, the last changes, what pods leave behind. */
export type Ledger = {
  pods: Book<Pod>
  nodes: Book<TwinNode>
  claims: () => Claim[]
  /** The version of the whole cluster. */
  version: () => number
  /** The version that a workload has by the last change of a pod of it. */
  versionOf: (workloadId: string) => number
  /** The hash in the name of a Deployment's ReplicaSet. */
  templateHash: (workloadId: string) => string | undefined
}

/** What each event has touched, and when it last was. */
const touched = (events: TwinEvent[]) => {
  const pods = new Map<string, TwinMs>()
  const nodes = new Map<string, TwinMs>()
  for (const event of events) {
    if (event.kind === 'pod-created') pods.set(event.pod.id, event.tMs)
    else if (event.kind === 'node-added') nodes.set(event.node.name, event.tMs)
    else if ('podId' in event) pods.set(event.podId, event.tMs)
    else if (event.kind.startsWith('node-') && 'nodeName' in event) nodes.set(event.nodeName, event.tMs)
  }
  return { pods, nodes }
}

const hashIn = ({ name }: Pod): string => name.split('-').at(-2) ?? ''

/** Two pods of one name at different times: a StatefulSet's. */
const isAnother = (one: Pod | TwinNode, other: Pod | TwinNode) => one.createdAtMs !== other.createdAtMs

/**
 * Follows a cluster from now on. The twin is caught up with in steps: what changes several times within one of
 * them shows its last state only, as it may to a client that watches through a cache.
 */
export const createLedger = (cluster: SimulatedCluster, start: number): Ledger => {
  const state: TwinState = cluster.twin.state
  const pods = createBook<Pod>({ start, isReady: ({ phase }) => phase === 'running' })
  const nodes = createBook<TwinNode>({ start, isReady: ({ isReady }) => isReady })
  const claims = createClaims()
  const hashes = new Map<string, string>()
  const workloadVersions = new Map<string, number>()
  let version = start

  const see = (pod: Pod) => {
    const workload = state.workloads.get(pod.workloadId)
    if (workload === undefined) return
    claims.see(pod, workload)
    if (workload.kind === 'Deployment' && !hashes.has(workload.id)) hashes.set(workload.id, hashIn(pod))
  }
  const change = <Value extends Pod | TwinNode>(book: Book<Value>, key: string, value: Value | undefined, tMs: TwinMs) => {
    const known = book.get(key)
    if (known !== undefined && (value === undefined || isAnother(known.value, value))) book.remove(key, (version += 1))
    if (value !== undefined) book.set(key, value, (version += 1), tMs)
  }
  const changePod = (podId: string, tMs: TwinMs) => {
    const pod = state.pods.get(podId)
    const workloadId = pod?.workloadId ?? pods.get(podId)?.value.workloadId
    if (pod !== undefined) see(pod)
    change(pods, podId, pod, tMs)
    if (workloadId !== undefined) workloadVersions.set(workloadId, version)
  }

  for (const node of state.nodes.values()) nodes.set(node.name, node, start, node.createdAtMs)
  for (const pod of state.pods.values()) {
    pods.set(pod.id, pod, start, pod.createdAtMs)
    see(pod)
  }
  cluster.followers.add((events) => {
    const { pods: changedPods, nodes: changedNodes } = touched(events)
    for (const [nodeName, tMs] of changedNodes) change(nodes, nodeName, state.nodes.get(nodeName), tMs)
    for (const [podId, tMs] of changedPods) changePod(podId, tMs)
  })

  return {
    pods,
    nodes,
    claims: claims.all,
    version: () => version,
    versionOf: (workloadId) => workloadVersions.get(workloadId) ?? start,
    templateHash: (workloadId) => hashes.get(workloadId),
  }
}
