import type { Cluster } from '@/lib/spot/schemas/cluster'
import type { SpotNode } from '@/lib/spot/schemas/node'
import type { Vng } from '@/lib/spot/schemas/vng'
import type { KubeIndex } from '../readiness/kube-index'
import type { RehearsalFacts } from './facts'
import { gatherGroups } from './gather-groups'
import { sizesInUse } from './group-sizes'
import { gatherNodes, type DiscoveredForRehearsal } from './gather-nodes'
import { gatherPods } from './gather-pods'

type ToGather = { cluster: Cluster; vngs: readonly Vng[]; reported: readonly SpotNode[]; discovered: readonly DiscoveredForRehearsal[]; kube: KubeIndex | null }

/** Joins what was read of a cluster into what a rehearsal of it starts from. Linear in nodes and pods. */
export const gatherRehearsal = ({ cluster, vngs, reported, discovered, kube }: ToGather): RehearsalFacts => {
  const region = cluster.aks.region ?? ''
  const { carriers, nodes } = gatherNodes({ reported, discovered, kubeNodes: kube?.nodes ?? new Map(), region })
  const places = new Map(nodes.map(({ nodeName, zone }, index) => [nodeName, { index, zone }]))
  const limits = cluster.autoScaler?.resourceLimits
  return {
    cluster: {
      id: cluster.id,
      name: cluster.name,
      region,
      resourceGroup: cluster.aks.resourceGroupName ?? '',
      maxVCpu: limits?.maxVCpu ?? null,
      maxMemoryGiB: limits?.maxMemoryGib ?? null,
    },
    ...gatherGroups(vngs, cluster.virtualNodeGroupTemplate ?? null, sizesInUse(reported)),
    carriers,
    nodes,
    kubernetes: kube === null ? null : gatherPods(kube, places),
  }
}
