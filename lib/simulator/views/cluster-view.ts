import type { TwinCluster, TwinVng } from '@/lib/twin/types'
import type { World } from '../world'

type GroupLike = Omit<TwinVng, 'id' | 'name' | 'createdAtMs' | 'updatedAtMs'>

const vmSizes = { filters: { minVCpu: 2, maxVCpu: 16, architectures: ['x86_64'], series: ['D v5', 'E v5'] } }
const nodePoolProperties = { maxPodsPerNode: 110, enableNodePublicIP: false, osDiskSizeGB: 128, osDiskType: 'Ephemeral', osType: 'Linux', osSKU: 'Ubuntu' }

const groupView = (group: GroupLike) => ({
  availabilityZones: group.availabilityZones,
  nodePoolProperties,
  nodeCountLimits: { minCount: group.minCount, maxCount: group.maxCount },
  strategy: { spotPercentage: group.spotPercentage, fallbackToOd: group.fallbackToOd, drainingTimeout: group.drainingTimeoutSeconds },
  labels: group.labels,
  taints: group.taints,
  tags: {},
  vmSizes,
  ...group.extra,
})

export const vngView = (world: World, clusterId: string, vng: TwinVng) => ({
  id: vng.id,
  name: vng.name,
  oceanId: clusterId,
  ...groupView(vng),
  createdAt: world.stamp(vng.createdAtMs),
  updatedAt: world.stamp(vng.updatedAtMs),
})

export const clusterView = (world: World, cluster: TwinCluster) => ({
  id: cluster.id,
  name: cluster.name,
  controllerClusterId: cluster.name,
  aks: { clusterName: cluster.name, resourceGroupName: cluster.resourceGroup, region: cluster.region, infrastructureResourceGroupName: `MC_${cluster.resourceGroup}_${cluster.name}` },
  autoScaler: {
    isEnabled: true,
    resourceLimits: { maxVCpu: cluster.maxVCpu, maxMemoryGib: cluster.maxMemoryGiB },
    down: { maxScaleDownPercentage: 10 },
    headroom: { automatic: { isEnabled: true, percentage: 5 } },
  },
  health: { gracePeriod: 600 },
  virtualNodeGroupTemplate: groupView(cluster.template),
  ...cluster.extra,
  createdAt: world.stamp(cluster.createdAtMs),
  updatedAt: world.stamp(cluster.updatedAtMs),
})
