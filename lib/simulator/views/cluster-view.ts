import type { TwinCluster, TwinVng, VngSettings } from '@/lib/twin/types'
import type { World } from '../world'

const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {})

const propertyDefaults = { enableNodePublicIP: false, osDiskSizeGB: 128, osDiskType: 'Ephemeral' }

/** What the twin acts on, over what was only kept aside. */
const groupView = (group: VngSettings) => {
  const { nodePoolProperties, strategy, vmSizes, ...rest } = group.extra
  return {
    ...rest,
    availabilityZones: group.availabilityZones,
    nodePoolProperties: {
      ...propertyDefaults,
      osSKU: group.osType === 'Windows' ? 'Windows2022' : 'Ubuntu',
      ...record(nodePoolProperties),
      osType: group.osType,
      maxPodsPerNode: group.maxPodsPerNode,
    },
    nodeCountLimits: { minCount: group.minCount, maxCount: group.maxCount },
    strategy: { ...record(strategy), spotPercentage: group.spotPercentage, fallbackToOd: group.fallbackToOd, drainingTimeout: group.drainingTimeoutSeconds },
    labels: group.labels,
    taints: group.taints,
    tags: record(rest.tags),
    vmSizes: { ...record(vmSizes), ...(group.vmSizes.length === 0 ? {} : { preferredVmSizes: group.vmSizes }) },
  }
}

export const vngView = (world: World, clusterId: string, vng: TwinVng) => ({
  id: vng.id,
  name: vng.name,
  oceanId: clusterId,
  ...groupView(vng),
  createdAt: world.stamp(vng.createdAtMs),
  updatedAt: world.stamp(vng.updatedAtMs),
})

/** The limits are the twin's; the rest of `autoScaler` comes back as it was sent. */
export const clusterView = (world: World, cluster: TwinCluster) => ({
  id: cluster.id,
  name: cluster.name,
  controllerClusterId: cluster.name,
  aks: { clusterName: cluster.name, resourceGroupName: cluster.resourceGroup, region: cluster.region, infrastructureResourceGroupName: `MC_${cluster.resourceGroup}_${cluster.name}` },
  health: { gracePeriod: 600 },
  ...cluster.extra,
  autoScaler: {
    isEnabled: true,
    down: { maxScaleDownPercentage: 10 },
    headroom: { automatic: { isEnabled: true, percentage: 5 } },
    ...record(cluster.extra.autoScaler),
    resourceLimits: { maxVCpu: cluster.maxVCpu, maxMemoryGib: cluster.maxMemoryGiB },
  },
  virtualNodeGroupTemplate: groupView(cluster.template),
  createdAt: world.stamp(cluster.createdAtMs),
  updatedAt: world.stamp(cluster.updatedAtMs),
})
