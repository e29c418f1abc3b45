import type { Carrier, RehearsalFacts, RehearsalNode } from '@/lib/domain/rehearsal/facts'
import type { Pod, Resources, TwinSpec, Workload } from '@/lib/twin/types'
import { podName } from './spec-pods'

type Placed = Pick<TwinSpec, 'workloads' | 'pdbs' | 'pods'>

/** One pod for so much, where Spot gives a node's requests and no number of pods. */
const usualMilliCpu = 250
const usualRequests: Resources = { milliCpu: 100, memoryMiB: 256, gpu: 0 }

const namespace = 'assumed'

/** An equal part of what is requested on the node, in whole units so that the sum is not more than the node has. */
const shareOf = ({ requested }: RehearsalNode, pods: number): Resources =>
  requested === null ? usualRequests : { milliCpu: Math.floor(requested.milliCpu / pods), memoryMiB: Math.floor(requested.memoryMiB / pods), gpu: Math.floor(requested.gpu / pods) }

const countOf = ({ runningPods, requested }: RehearsalNode): number => runningPods ?? Math.max(1, Math.ceil((requested?.milliCpu ?? 0) / usualMilliCpu))

/** What runs on nodes of system pools and on nodes that Ocean manages is never moved: one pod stands for all of it. */
const isMoved = ({ vngId, isDiscovered }: RehearsalNode) => vngId === null && isDiscovered

/**
 * They tolerate the taints of their node, and name no labels: where they could not run is not known. Each is a
 * workload of its own, so that the slowest of a node is as slow as among real pods.
 */
const workloadOf = (node: RehearsalNode, { taints }: Carrier, pods: number, ordinal: number): Workload => ({
  id: `assumed ${node.nodeName} ${ordinal}`,
  name: isMoved(node) ? `pods-of-${node.poolName}` : 'pods-that-stay',
  namespace,
  kind: isMoved(node) ? 'Deployment' : 'Standalone',
  replicas: 1,
  requests: shareOf(node, pods),
  labels: {},
  nodeSelector: {},
  requiredAffinity: [],
  preferredAffinity: [],
  tolerations: taints.map(({ key, value, effect }) => ({ key, value, effect })),
  toleratesSpot: true,
  isScaleDownRestricted: false,
  startUpMs: 0,
  terminationMs: 0,
  hasVolumes: false,
  localData: 'none',
  annotations: {},
  pdbIds: [],
})

/** Pods as Spot counts them, where Kubernetes was not read: alike on each node, without budgets, selectors and volumes. */
export const assumedPods = ({ nodes, carriers }: RehearsalFacts): Placed => {
  const workloads: Workload[] = []
  const pods: Pod[] = []
  for (const node of nodes) {
    const count = isMoved(node) ? countOf(node) : 1
    if (count === 0) continue
    for (let ordinal = 0; ordinal < count; ordinal += 1) {
      const workload = workloadOf(node, carriers[node.carrier] ?? { labels: {}, taints: [] }, count, ordinal)
      workloads.push(workload)
      const name = podName(workload, pods.length)
      pods.push({ id: `${namespace}/${name}`, name, namespace, workloadId: workload.id, nodeName: node.nodeName, phase: 'running', isBroken: false, volumeZone: null, reason: null, createdAtMs: -1 })
    }
  }
  return { workloads, pdbs: [], pods }
}
