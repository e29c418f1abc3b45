import { counted } from '@/lib/format/plural'
import type { Finding } from './finding'
import type { Landing } from './landing'
import { findingOf } from './rules'

/** A node as the limits see it: `allocatableMilliCpu` and memory as Get Cluster Nodes gives them. */
export type SizedNode = {
  nodeName: string
  virtualNodeGroupId: string | null
  allocatableMilliCpu: number | null
  allocatableMemoryInMiB: number | null
  workloadRequestedMilliCpu?: number | null
  workloadRequestedMemoryInMiB?: number | null
}

export type ClusterLimits = { maxVCpu: number | null; maxMemoryGib: number | null }

/** What Ocean manages now. Whole vCPUs: AKS keeps less than one of a node's for itself. */
export type ManagedNow = { nodesByVng: ReadonlyMap<string, number>; vCpu: number; memoryGiB: number }

const vCpuOf = ({ allocatableMilliCpu }: SizedNode) => Math.ceil((allocatableMilliCpu ?? 0) / 1000)
const memoryOf = ({ allocatableMemoryInMiB }: SizedNode) => (allocatableMemoryInMiB ?? 0) / 1024

/** Sums up the nodes that Ocean manages: those with a VNG (Spot API, Get Cluster Nodes). */
export const managedNow = (nodes: readonly SizedNode[]): ManagedNow => {
  const nodesByVng = new Map<string, number>()
  let [vCpu, memoryGiB] = [0, 0]
  for (const node of nodes) {
    if (node.virtualNodeGroupId === null) continue
    nodesByVng.set(node.virtualNodeGroupId, (nodesByVng.get(node.virtualNodeGroupId) ?? 0) + 1)
    vCpu += vCpuOf(node)
    memoryGiB += memoryOf(node)
  }
  return { nodesByVng, vCpu, memoryGiB }
}

const exceeded = (managed: ManagedNow, limits: ClusterLimits, vCpu: number, memoryGiB: number): string | null => {
  if (limits.maxVCpu !== null && managed.vCpu + vCpu > limits.maxVCpu) return `${managed.vCpu + vCpu} of ${limits.maxVCpu} vCPU`
  const memory = Math.ceil(managed.memoryGiB + memoryGiB)
  return limits.maxMemoryGib !== null && memory > limits.maxMemoryGib ? `${memory} of ${limits.maxMemoryGib} GiB` : null
}

/** A new node has at least so much (Spot API, Virtual Node Group, `vmSizes.filters`). */
const smallest = { vCpu: 2, memoryGiB: 4 }

/** The least that must be added for what runs on a node: a smaller node than this one may do. */
const leastFor = ({ workloadRequestedMilliCpu, workloadRequestedMemoryInMiB }: SizedNode) => ({
  vCpu: Math.max(smallest.vCpu, Math.ceil((workloadRequestedMilliCpu ?? 0) / 1000)),
  memoryGiB: Math.max(smallest.memoryGiB, (workloadRequestedMemoryInMiB ?? 0) / 1024),
})

/** Limits that leave no room for even this one node's pods. Whether nodes like all of these would fit is a matter of the plan. */
export const fullFor = (node: SizedNode | null, landing: Landing | null, managed: ManagedNow, limits: ClusterLimits | null): Finding[] => {
  const count = landing?.vngId == null ? 0 : (managed.nodesByVng.get(landing.vngId) ?? 0)
  const isFull = landing?.vngId != null && landing.maxCount !== null && count >= landing.maxCount
  const least = node === null ? null : leastFor(node)
  const over = least === null || limits === null ? null : exceeded(managed, limits, least.vCpu, least.memoryGiB)
  return [
    ...(isFull ? [findingOf('vng-full', `${landing.name} has ${count} of at most ${counted(landing.maxCount ?? 0, 'node')}`)] : []),
    ...(over === null ? [] : [findingOf('cluster-full', over)]),
  ]
}
