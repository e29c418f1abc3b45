import { createRandom, letters, type Random } from '../random'
import type { TwinSpec } from '../state'
import type { TwinCluster, TwinVng } from '../types'
import { generateNodes, zonesOf } from './nodes'
import { userPools } from './pools'
import { generateWorkloads } from './workloads'

const dayMs = 86_400_000

export type GenerateInput = {
  seed: number
  clusterId: string
  name: string
  region?: string
  /** All nodes, system and managed ones included. */
  nodes: number
  /** Pods besides those of DaemonSets; about twelve a node when left out. */
  pods?: number
}

const template = (region: string): TwinCluster['template'] => ({
  availabilityZones: zonesOf(region).map((zone) => zone.slice(-1)),
  labels: {},
  taints: [],
  minCount: 0,
  maxCount: 1000,
  spotPercentage: 100,
  fallbackToOd: true,
  drainingTimeoutSeconds: 300,
  extra: {},
})

const groups = (random: Random, region: string): TwinVng[] =>
  userPools.flatMap((pool) =>
    pool.vngName === null
      ? []
      : [
          {
            ...template(region),
            id: `vng-${letters(random, 8)}`,
            name: pool.vngName,
            labels: pool.labels,
            taints: pool.taints,
            spotPercentage: pool.name === 'npdata' ? 0 : 80,
            createdAtMs: -40 * dayMs,
            updatedAtMs: -12 * dayMs,
          },
        ],
  )

/** A cluster as one meets them: a few pools, some managed nodes, one pool that no group takes. */
export const generateCluster = ({ seed, clusterId, name, region = 'westeurope', nodes: total, pods }: GenerateInput): TwinSpec => {
  const random = createRandom(seed)
  const vngs = groups(random, region)
  const nodes = generateNodes({ random, region, clusterName: name }, total, vngs)
  const built = generateWorkloads(random, nodes, total === 0 ? 0 : pods === undefined ? 12 : pods / total)
  return {
    cluster: {
      id: clusterId,
      name,
      region,
      resourceGroup: `rg-${name}`,
      kubernetesVersion: '1.33.2',
      maxVCpu: Math.max(1000, total * 20),
      maxMemoryGiB: Math.max(4000, total * 160),
      template: template(region),
      createdAtMs: -200 * dayMs,
      updatedAtMs: -12 * dayMs,
      extra: {},
    },
    vngs,
    nodes,
    ...built,
  }
}
