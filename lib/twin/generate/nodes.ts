import { spotKey, spotTaint } from '../constraints'
import { between, letters, type Random } from '../random'
import type { Lifecycle, TwinNode, TwinPool, TwinVng } from '../types'
import { vmSizeOf } from '../vm-sizes'
import { systemPool, userPools, type PoolPlan } from './pools'

const dayMs = 86_400_000

const zonesOf = (region: string) => [1, 2, 3].map((number) => `${region}-${number}`)

type Place = { random: Random; region: string; clusterName: string; resourceGroup: string }

const systemLabels = ({ region, clusterName, resourceGroup }: Place, plan: PoolPlan, pool: TwinPool, name: string, zone: string): Record<string, string> => ({
  agentpool: pool.name,
  'kubernetes.azure.com/agentpool': pool.name,
  'kubernetes.azure.com/cluster': `MC_${resourceGroup}_${clusterName}_${region}`,
  'kubernetes.azure.com/mode': plan.mode,
  'kubernetes.azure.com/os-sku': 'Ubuntu',
  'kubernetes.io/arch': 'amd64',
  'kubernetes.io/os': 'linux',
  'kubernetes.io/hostname': name,
  'node.kubernetes.io/instance-type': plan.vmSize,
  'topology.kubernetes.io/region': region,
  'topology.kubernetes.io/zone': zone,
})

const oceanLabels = ({ vngId, lifecycle }: TwinPool): Record<string, string> => {
  if (vngId === null) return {}
  return lifecycle === 'Spot' ? { [spotKey]: 'spot', 'spotinst.io/node-lifecycle': 'spot' } : { 'spotinst.io/node-lifecycle': 'od' }
}

const buildNode = (place: Place, plan: PoolPlan, pool: TwinPool, index: number): TwinNode => {
  const { random, region } = place
  const name = `aks-${pool.name}-${pool.scaleSet}-vmss${index.toString(36).padStart(6, '0')}`
  const zone = zonesOf(region)[index % 3] as string
  return {
    name,
    poolName: pool.name,
    mode: plan.mode,
    vngId: pool.vngId,
    vmSize: plan.vmSize,
    zone,
    labels: { ...systemLabels(place, plan, pool, name, zone), ...oceanLabels(pool), ...plan.labels },
    taints: pool.lifecycle === 'Spot' ? [...plan.taints, spotTaint] : plan.taints,
    allocatable: vmSizeOf(plan.vmSize)?.allocatable ?? { milliCpu: 3860, memoryMiB: 14_800, gpu: 0 },
    maxPods: 110,
    isReady: true,
    isCordoned: false,
    lifecycle: pool.lifecycle,
    createdAtMs: -between(random, 1, 90) * dayMs,
    ipAddress: `10.240.${Math.floor(index / 250) % 250}.${(index % 250) + 4}`,
    nodeId: `vm-${letters(random, 10)}`,
  }
}

/** How many nodes each pool gets; the rounding goes to the second pool. Small clusters keep one of each. */
const shares = (total: number): number[] => {
  const counts = userPools.map(({ share }) => Math.max(1, Math.floor(total * share)))
  const rest = total - counts.reduce((sum, count) => sum + count, 0)
  counts[1] = Math.max(1, (counts[1] ?? 0) + rest)
  return counts
}

type Grown = { pool: TwinPool; nodes: TwinNode[] }

const grow = (place: Place, plan: PoolPlan, count: number, vng: TwinVng | null, lifecycle: Lifecycle): Grown => {
  const { random } = place
  const pool: TwinPool = {
    name: vng === null ? plan.name : `omnp${letters(random, 8)}`,
    mode: plan.mode,
    vmSize: plan.vmSize,
    lifecycle,
    scaleSet: letters(random, 8, '0123456789'),
    scaling: 'auto',
    vngId: vng?.id ?? null,
  }
  // Managed nodes come and go one by one, so their last six characters are scattered.
  const first = vng === null ? 0 : between(random, 40, 1200)
  const step = vng === null ? 1 : 7
  return { pool, nodes: Array.from({ length: count }, (_, index) => buildNode(place, plan, pool, first + index * step)) }
}

/** The nodes of a cluster of `total` nodes: three system ones, a tenth managed by Ocean, the rest in user pools. */
export const generateNodes = (place: Place, total: number, vngs: TwinVng[]): { pools: TwinPool[]; nodes: TwinNode[] } => {
  if (total === 0) return { pools: [], nodes: [] }
  const system = Math.min(3, total)
  const managedEach = Math.floor((total * 0.1) / 2)
  const counts = shares(Math.max(userPools.length, total - system - managedEach * 2))
  const managed = vngs.slice(0, 2).flatMap((vng, index) => {
    const plan = userPools.find(({ vngName }) => vngName === vng.name) as PoolPlan
    return managedEach === 0 ? [] : [grow(place, plan, managedEach, vng, index === 0 ? 'Spot' : 'OnDemand')]
  })
  const grown = [
    grow(place, systemPool, system, null, 'OnDemand'),
    ...userPools.map((plan, index) => grow(place, plan, counts[index] ?? 1, null, 'OnDemand')),
    ...managed,
  ]
  return { pools: grown.map(({ pool }) => pool), nodes: grown.flatMap(({ nodes }) => nodes) }
}
