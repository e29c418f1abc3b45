import { between, letters, type Random } from '../random'
import type { TwinNode, TwinVng } from '../types'
import { systemPool, userPools, vmSizes, type PoolPlan } from './pools'

const dayMs = 86_400_000

export const zonesOf = (region: string) => [1, 2, 3].map((number) => `${region}-${number}`)

type NodeInput = { random: Random; plan: PoolPlan; region: string; clusterName: string; index: number; scaleSet: string; poolName: string; vng: TwinVng | null }

const buildNode = ({ random, plan, region, clusterName, index, scaleSet, poolName, vng }: NodeInput): TwinNode => {
  const name = `aks-${poolName}-${scaleSet}-vmss${index.toString(36).padStart(6, '0')}`
  const zone = zonesOf(region)[index % 3] as string
  const lifecycle = vng !== null && random() * 100 < vng.spotPercentage ? 'Spot' : 'OnDemand'
  return {
    name,
    poolName,
    mode: plan.mode,
    vngId: vng?.id ?? null,
    vmSize: plan.vmSize,
    zone,
    labels: {
      agentpool: poolName,
      'kubernetes.azure.com/agentpool': poolName,
      'kubernetes.azure.com/cluster': `MC_${clusterName}`,
      'kubernetes.azure.com/mode': plan.mode,
      'kubernetes.azure.com/os-sku': 'Ubuntu',
      'kubernetes.io/arch': 'amd64',
      'kubernetes.io/os': 'linux',
      'kubernetes.io/hostname': name,
      'node.kubernetes.io/instance-type': plan.vmSize,
      'topology.kubernetes.io/region': region,
      'topology.kubernetes.io/zone': zone,
      ...(vng === null ? {} : { 'spotinst.io/node-lifecycle': lifecycle === 'Spot' ? 'spot' : 'od' }),
      ...plan.labels,
    },
    taints: plan.taints,
    allocatable: vmSizes[plan.vmSize],
    maxPods: 110,
    isReady: true,
    isCordoned: false,
    lifecycle,
    createdAtMs: -between(random, 1, 90) * dayMs,
    ipAddress: `10.240.${Math.floor(index / 250) % 250}.${(index % 250) + 4}`,
    nodeId: `vm-${letters(random, 10)}`,
  }
}

/** How many nodes each pool gets; the rounding goes to the largest pool. Small clusters keep one of each. */
const shares = (total: number): number[] => {
  const counts = userPools.map(({ share }) => Math.max(1, Math.floor(total * share)))
  const rest = total - counts.reduce((sum, count) => sum + count, 0)
  counts[1] = Math.max(1, (counts[1] ?? 0) + rest)
  return counts
}

type PoolInput = { random: Random; region: string; clusterName: string }

const buildPool = (input: PoolInput, plan: PoolPlan, count: number, vng: TwinVng | null): TwinNode[] => {
  const { random } = input
  const poolName = vng === null ? plan.name : `omnp${letters(random, 8)}`
  const scaleSet = letters(random, 8, '0123456789')
  const first = vng === null ? 0 : between(random, 40, 1200)
  return Array.from({ length: count }, (_, index) => {
    // Managed nodes come and go one by one, so their last six characters are scattered.
    const suffix = vng === null ? index : first + index * 7
    return buildNode({ ...input, plan, index: suffix, scaleSet, poolName, vng })
  })
}

/** The nodes of a cluster of `total` nodes: three system ones, a tenth managed by Ocean, the rest in user pools. */
export const generateNodes = (input: PoolInput, total: number, vngs: TwinVng[]): TwinNode[] => {
  if (total === 0) return []
  const system = Math.min(3, total)
  const managedEach = Math.floor((total * 0.1) / 2)
  const counts = shares(Math.max(userPools.length, total - system - managedEach * 2))
  const managed = vngs.slice(0, 2).flatMap((vng) => {
    const plan = userPools.find(({ vngName }) => vngName === vng.name) as PoolPlan
    return buildPool(input, plan, managedEach, vng)
  })
  return [
    ...buildPool(input, systemPool, system, null),
    ...userPools.flatMap((plan, index) => buildPool(input, plan, counts[index] ?? 1, null)),
    ...managed,
  ]
}

