import { azureNameOf, dimensionsOf } from '@/lib/domain/matching/vm-sizes'
import type { RehearsalFacts, RehearsalGroup, RehearsalNode } from '@/lib/domain/rehearsal/facts'
import { templateGroupId } from '@/lib/twin/groups'
import type { Lifecycle, TwinCluster, TwinNode, TwinPool, TwinVng, VngSettings } from '@/lib/twin/types'
import { size, sizeIn, vmSizeOf, type VmSize } from '@/lib/twin/vm-sizes'
import { createMarks } from './affinity'

/** Everything there was before has this time: the rehearsal looks at no ages. */
const beforeMs = -1
/** Taken where neither the cluster nor the table of sizes says how large a node is. */
const unknownSize = { milliCpu: 3860, memoryMiB: 14_000, gpu: 0 }

type Marks = ReturnType<typeof createMarks>

/** What AKS puts on the nodes of a group by itself, as far as it is known: in place of what the twin takes for usual. */
const ownOfAks = ({ osType, architecture, osSku }: RehearsalGroup): Record<string, string> => ({
  'beta.kubernetes.io/os': osType.toLowerCase(),
  ...(architecture === null ? {} : { 'kubernetes.io/arch': architecture, 'beta.kubernetes.io/arch': architecture }),
  ...(osSku === null ? {} : { 'kubernetes.azure.com/os-sku': osSku }),
})

const settingsOf = (given: RehearsalGroup, marks: Marks): VngSettings => {
  const { name: _name, sizeGap: _gap, architecture: _architecture, osSku: _osSku, ...group } = given
  const labels = { ...ownOfAks(given), ...group.labels }
  return { ...group, labels: { ...labels, ...marks.ofGroup(labels) }, extra: {} }
}

/** The sizes of nodes and groups that the twin's own table lacks, with their dimensions. */
const moreSizesOf = ({ groups, template, nodes }: RehearsalFacts): ReadonlyMap<string, VmSize> => {
  const names = new Set([...[...groups, template].flatMap(({ vmSizes }) => vmSizes), ...nodes.map(({ vmSize }) => vmSize)].map((name) => name.toLowerCase()))
  return new Map(
    [...names].flatMap((name): [string, VmSize][] => {
      const known = vmSizeOf(name) === undefined ? dimensionsOf(name) : null
      return known === null ? [] : [[name, size(azureNameOf(name), '', known.vCpu, known.memoryGiB, known.gpu)]]
    }),
  )
}

const clusterOf = ({ cluster, template }: RehearsalFacts, moreSizes: ReadonlyMap<string, VmSize>, marks: Marks): TwinCluster => ({
  id: cluster.id,
  name: cluster.name,
  region: cluster.region,
  resourceGroup: cluster.resourceGroup,
  kubernetesVersion: '',
  maxVCpu: cluster.maxVCpu ?? Number.MAX_SAFE_INTEGER,
  maxMemoryGiB: cluster.maxMemoryGiB ?? Number.MAX_SAFE_INTEGER,
  template: settingsOf(template, marks),
  createdAtMs: beforeMs,
  updatedAtMs: beforeMs,
  extra: {},
  moreSizes,
})

const lifecycleOf = ({ isSpot }: RehearsalNode): Lifecycle => (isSpot ? 'Spot' : 'OnDemand')

const allocatableOf = ({ allocatable, vmSize }: RehearsalNode, moreSizes: ReadonlyMap<string, VmSize>) => {
  const { milliCpu, memoryMiB, gpu } = allocatable ?? sizeIn({ moreSizes }, vmSize)?.allocatable ?? unknownSize
  return { milliCpu, memoryMiB, gpu }
}

/** The Ocean pools that there are, so that new nodes join them. */
const poolsOf = (nodes: readonly TwinNode[]): TwinPool[] => {
  const pools = new Map<string, TwinPool>()
  for (const { poolName, mode, vmSize, lifecycle, vngId } of nodes)
    if (!pools.has(poolName)) pools.set(poolName, { name: poolName, mode, vmSize, lifecycle, scaleSet: '00000000', scaling: 'auto', vngId })
  return [...pools.values()]
}

/** The cluster, its groups, pools and nodes as the twin starts from them. */
export const placesOf = (facts: RehearsalFacts): { cluster: TwinCluster; vngs: TwinVng[]; pools: TwinPool[]; nodes: TwinNode[] } => {
  const marks = createMarks(facts)
  const moreSizes = moreSizesOf(facts)
  const known = new Set(facts.groups.map(({ vngId }) => vngId))
  const nodeOf = (node: RehearsalNode): TwinNode => {
    const { labels, taints } = facts.carriers[node.carrier] ?? { labels: {}, taints: [] }
    return {
      name: node.nodeName,
      poolName: node.poolName,
      mode: labels['kubernetes.azure.com/mode'] === 'system' ? 'system' : 'user',
      vngId: node.vngId === null || known.has(node.vngId) ? node.vngId : templateGroupId,
      vmSize: node.vmSize,
      zone: node.zone,
      labels: { ...labels, ...marks.ofNode(labels, node.nodeName), 'kubernetes.io/hostname': node.nodeName },
      taints,
      allocatable: allocatableOf(node, moreSizes),
      maxPods: node.maxPods,
      isReady: node.isReady,
      isCordoned: node.isCordoned,
      lifecycle: lifecycleOf(node),
      createdAtMs: beforeMs,
      ipAddress: '',
      nodeId: node.nodeName,
    }
  }
  const nodes = facts.nodes.map(nodeOf)
  const vngs = facts.groups.map(({ vngId, ...group }): TwinVng => ({ ...settingsOf(group, marks), id: vngId, name: group.name, createdAtMs: beforeMs, updatedAtMs: beforeMs }))
  return { cluster: clusterOf(facts, moreSizes, marks), vngs, pools: poolsOf(nodes), nodes }
}
