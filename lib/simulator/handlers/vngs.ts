import { z } from 'zod'
import type { TwinVng } from '@/lib/twin/types'
import { builtInLabel, groupFields, settingsFrom } from '../bodies/group-body'
import { findCluster, type Call, type Handler } from '../call'
import { allowedVmSizes } from '../views/vm-sizes-view'
import { vngView } from '../views/cluster-view'
import { done, invalidBody, items, notFound, refused } from '../wire'
import type { SimulatedCluster } from '../world'

const kind = 'spotinst:ocean:azure:np:virtualNodeGroup'

const createBody = z.strictObject({ virtualNodeGroup: groupFields.extend({ name: z.string().min(1), oceanId: z.string() }) })
const updateBody = z.strictObject({ virtualNodeGroup: groupFields.extend({ name: z.string().min(1).optional() }) })

type Found = { cluster: SimulatedCluster; vng: TwinVng }

const idOf = (call: Call) => call.params.vngId ?? call.query.get('virtualNodeGroupId') ?? ''

const findVng = (call: Call): Found | null => {
  for (const cluster of call.world.clusters.values()) {
    const vng = cluster.accountId === call.accountId ? cluster.twin.state.vngs.get(idOf(call)) : undefined
    if (vng !== undefined && !call.principal.deniedClusters.includes(cluster.clusterId)) return { cluster, vng }
  }
  return null
}

const onVng =
  (handle: (call: Call, found: Found) => ReturnType<Handler>): Handler =>
  (call) => {
    const found = findVng(call)
    return found === null ? notFound(`Virtual node group ${idOf(call)}`) : handle(call, found)
  }

/** Without a cluster id those of the whole account (the contract says both; the vendor's Python client sends none). */
export const listVngs: Handler = (call) => {
  const { world, accountId, principal } = call
  const oceanId = call.query.get('oceanId')
  const asked = oceanId === null ? null : findCluster(call, oceanId)
  if (asked !== null && 'ok' in asked) return asked
  const open = [...world.clusters.values()].filter((cluster) => cluster.accountId === accountId && !principal.deniedClusters.includes(cluster.clusterId))
  const clusters = asked === null ? open : [asked]
  return items(kind, clusters.flatMap(({ clusterId, twin }) => [...twin.state.vngs.values()].map((vng) => vngView(world, clusterId, vng))))
}

export const getVng: Handler = onVng(({ world }, { cluster, vng }) => items(kind, [vngView(world, cluster.clusterId, vng)]))

export const createVng: Handler = (call) => {
  const parsed = createBody.safeParse(call.body)
  if (!parsed.success) return invalidBody(parsed.error)
  const { name, oceanId, ...input } = parsed.data.virtualNodeGroup
  const cluster = findCluster(call, oceanId)
  if ('ok' in cluster) return cluster
  const { template } = cluster.twin.state.cluster
  const made = cluster.twin.command({ kind: 'create-vng', name, settings: settingsFrom(input, template, template.extra) })
  return made.ok ? items(kind, [vngView(call.world, oceanId, made.value)]) : refused(made.refusal)
}

export const updateVng: Handler = onVng((call, { cluster, vng }) => {
  const parsed = updateBody.safeParse(call.body)
  if (!parsed.success) return invalidBody(parsed.error)
  const { name, ...input } = parsed.data.virtualNodeGroup
  const settings = settingsFrom(input, cluster.twin.state.cluster.template, vng.extra)
  const changed = cluster.twin.command({ kind: 'update-vng', vngId: vng.id, ...(name === undefined ? {} : { name }), settings })
  return changed.ok ? items(kind, [vngView(call.world, cluster.clusterId, changed.value)]) : refused(changed.refusal)
})

export const deleteVng: Handler = onVng((_call, { cluster, vng }) => {
  const gone = cluster.twin.command({ kind: 'delete-vng', vngId: vng.id })
  return gone.ok ? done : refused(gone.refusal)
})

const isCarried = (key: string) => !builtInLabel.test(key) && key !== 'agentpool' && !key.startsWith('spotinst.io/')

/** The body that would create a group like the pool; nothing is created (Spot API, Import Virtual Node Group). */
export const importVng: Handler = (call) => {
  const cluster = findCluster(call, call.query.get('oceanId') ?? '')
  if ('ok' in cluster) return cluster
  const poolName = call.query.get('nodePoolName') ?? ''
  const members = [...cluster.twin.state.nodes.values()].filter((node) => node.poolName === poolName)
  const [sample] = members
  if (sample === undefined) return notFound(`Node pool ${poolName}`)
  const virtualNodeGroup = {
    name: poolName,
    oceanId: cluster.clusterId,
    availabilityZones: [...new Set(members.map(({ zone }) => zone.slice(zone.lastIndexOf('-') + 1)))].sort(),
    nodePoolProperties: { maxPodsPerNode: sample.maxPods, osType: 'Linux', osSKU: 'Ubuntu', kubernetesVersion: cluster.twin.state.cluster.kubernetesVersion },
    nodeCountLimits: { minCount: 0, maxCount: 1000 },
    labels: Object.fromEntries(Object.entries(sample.labels).filter(([key]) => isCarried(key))),
    taints: sample.taints.filter(({ key }) => isCarried(key)),
    tags: {},
  }
  return items('spotinst:ocean:azure:np', [{ virtualNodeGroup }])
}

export const listVmSizes: Handler = onVng((_call, { vng }) => {
  const names = allowedVmSizes(vng)
  return items('spotinst:ocean:azure:k8s:np:virtualNodeGroup:allowedVmSizes', [{ allowedVmSizes: names, numOfAllowedVmSizes: names.length }])
})
