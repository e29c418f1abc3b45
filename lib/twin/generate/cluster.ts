import { createRandom, letters, type Random } from '../random'
import type { TwinSpec, TwinVng, VngSettings } from '../types'
import { generateNodes } from './nodes'
import { userPools } from './pools'
import type { Temper } from './budgets'
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
  /** `mixed` (default) has what makes migrations hard, `calm` has none of it; in a `guarded` one a budget holds every node. */
  scenario?: Temper
}

const template = (): VngSettings => ({
  availabilityZones: ['1', '2', '3'],
  labels: {},
  taints: [],
  vmSizes: [],
  osType: 'Linux',
  maxPodsPerNode: 110,
  minCount: 0,
  maxCount: 1000,
  spotPercentage: 100,
  fallbackToOd: true,
  drainingTimeoutSeconds: 300,
  extra: {},
})

const groups = (random: Random, nodes: number): TwinVng[] =>
  userPools.flatMap(({ vngName, labels, taints, spotPercentage }) => {
    if (vngName === null) return []
    const own = { labels, taints, spotPercentage, maxCount: Math.max(1000, nodes) }
    return [{ ...template(), ...own, id: `vng-${letters(random, 8)}`, name: vngName, createdAtMs: -40 * dayMs, updatedAtMs: -12 * dayMs }]
  })

/** A cluster as one meets them: a few pools, some managed nodes, one pool that no group takes. */
export const generateCluster = (input: GenerateInput): TwinSpec => {
  const { seed, clusterId, name, region = 'westeurope', nodes: total, pods, scenario = 'mixed' } = input
  const random = createRandom(seed)
  const resourceGroup = `rg-${name}`
  const vngs = groups(random, total)
  const { pools, nodes } = generateNodes({ random, region, clusterName: name, resourceGroup }, total, vngs)
  return {
    cluster: {
      id: clusterId,
      name,
      region,
      resourceGroup,
      kubernetesVersion: '1.33.2',
      maxVCpu: Math.max(1000, total * 20),
      maxMemoryGiB: Math.max(4000, total * 160),
      template: template(),
      createdAtMs: -200 * dayMs,
      updatedAtMs: -12 * dayMs,
      extra: {},
    },
    vngs,
    pools,
    nodes,
    ...generateWorkloads(random, scenario, nodes, pods),
    runs: [],
    log: [],
  }
}
