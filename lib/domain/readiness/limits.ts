import { counted } from '@/lib/format/plural'
import type { Finding } from './finding'
import type { Landing } from './landing'
import { findingOf } from './rules'

/** A node as the limits see it: `allocatableMilliCpu` and memory as Get Cluster Nodes gives them. */
export type SizedNode = { nodeName: string; virtualNodeGroupId: string | null; allocatableMilliCpu: number | null; allocatableMemoryInMiB: number | null }

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

/** Limits that leave no room for even this one node. */
export const fullFor = (node: SizedNode | null, landing: Landing | null, managed: ManagedNow, limits: ClusterLimits | null): Finding[] => {
  const count = landing?.vngId == null ? 0 : (managed.nodesByVng.get(landing.vngId) ?? 0)
  const isFull = landing?.vngId != null && landing.maxCount !== null && count >= landing.maxCount
  const over = node === null || limits === null ? null : exceeded(managed, limits, vCpuOf(node), memoryOf(node))
  return [
    ...(isFull ? [findingOf('vng-full', `${landing.name} has ${count} of at most ${counted(landing.maxCount ?? 0, 'node')}`)] : []),
    ...(over === null ? [] : [findingOf('cluster-full', over)]),
  ]
}

export type Mover = { node: SizedNode; landing: Landing | null }

/** Limits that these nodes would exceed together, if each were replaced by one like it. What is full already is told per node. */
export const limitsExceeded = (movers: readonly Mover[], managed: ManagedNow, limits: ClusterLimits | null): Finding[] => {
  const arriving = new Map<Landing, number>()
  for (const { landing } of movers) if (landing !== null && landing.vngId !== null) arriving.set(landing, (arriving.get(landing) ?? 0) + 1)
  const groups = [...arriving].flatMap(([{ vngId, name, maxCount }, count]) => {
    const now = managed.nodesByVng.get(vngId ?? '') ?? 0
    if (maxCount === null || now >= maxCount || now + count <= maxCount) return []
    return [findingOf('vng-limit', `${name} would have ${now + count} of at most ${counted(maxCount, 'node')}`)]
  })
  if (limits === null) return groups
  const sum = movers.reduce((total, { node }) => ({ vCpu: total.vCpu + vCpuOf(node), memory: total.memory + memoryOf(node) }), { vCpu: 0, memory: 0 })
  const over = exceeded(managed, limits, sum.vCpu, sum.memory)
  return over === null ? groups : [...groups, findingOf('cluster-limit', over)]
}
