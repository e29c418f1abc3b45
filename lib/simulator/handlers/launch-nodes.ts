import { z } from 'zod'
import { vmSizes } from '@/lib/twin/vm-sizes'
import { findCluster, type Handler } from '../call'
import { invalid, invalidBody, items, refused } from '../wire'

const lifecycles = { Spot: 'Spot', Regular: 'OnDemand' } as const

const launchBody = z.strictObject({
  oceanId: z.string(),
  vngIds: z.array(z.string()).min(1, 'must name a group').nullish(),
  preferredLifecycle: z.enum(['Spot', 'Regular'], 'must be Spot or Regular').nullish(),
  availabilityZones: z.array(z.enum(['0', '1', '2', '3'], 'must be a zone from 1 to 3, or 0 for none')).nullish(),
  adjustment: z.number('must be a number').int('must be a whole number').min(1, 'must be at least 1'),
  minCoresPerNode: z.number().int().min(2, 'must be at least 2').nullish(),
  minMemoryGiBPerNode: z.number().min(2, 'must be at least 2').nullish(),
  applicableVmSizes: z.array(z.string()).min(1, 'must name a size').nullish(),
})
type LaunchBody = z.infer<typeof launchBody>

/** Known sizes that the request leaves; empty where it says nothing about sizes. */
const sizesFor = ({ applicableVmSizes, minCoresPerNode, minMemoryGiBPerNode }: LaunchBody): string[] | null => {
  if (applicableVmSizes == null && minCoresPerNode == null && minMemoryGiBPerNode == null) return []
  const wanted = applicableVmSizes?.map((name) => name.toLowerCase())
  const left = [...vmSizes.values()].filter(
    ({ name, vCpu, memoryGiB }) => (wanted?.includes(name.toLowerCase()) ?? true) && vCpu >= (minCoresPerNode ?? 0) && memoryGiB >= (minMemoryGiBPerNode ?? 0),
  )
  return left.length === 0 ? null : left.map(({ name }) => name)
}

/** Launch New Nodes. What the limits or the cloud refuse is what is left to scale. */
export const launchNewNodes: Handler = (call) => {
  const parsed = launchBody.safeParse(call.body)
  if (!parsed.success) return invalidBody(parsed.error)
  const cluster = findCluster(call, parsed.data.oceanId)
  if ('ok' in cluster) return cluster
  const sizes = sizesFor(parsed.data)
  if (sizes === null) return invalid('No VM size is applicable.', 'applicableVmSizes', 'INVALID_PARAMETER')
  const { vngIds, preferredLifecycle, availabilityZones, adjustment } = parsed.data
  const input = {
    vngIds: vngIds ?? null,
    count: adjustment,
    preferredLifecycle: preferredLifecycle == null ? null : lifecycles[preferredLifecycle],
    vmSizes: sizes,
    zones: availabilityZones == null || availabilityZones.length === 0 ? null : availabilityZones,
  }
  const launched = cluster.twin.command({ kind: 'launch-nodes', input })
  if (!launched.ok) return refused(launched.refusal)
  const results = launched.value.launched.map(({ vngId, poolName, vmSize, zones, lifecycle, count }) => ({
    vngId,
    scaleNodePoolName: poolName,
    vmSizeName: vmSize.toLowerCase(),
    zones: zones.map((zone) => zone.slice(zone.lastIndexOf('-') + 1)),
    lifeCycle: lifecycle,
    numOfNewScaleNodes: count,
  }))
  return items('spotinst:ocean:azure:np:cluster:launchNodes', [{ vngScalingUpResults: results, nodesLeftToScale: launched.value.nodesLeft }])
}
