import { z } from 'zod'
import { createRandom, letters } from '@/lib/twin/random'
import type { TwinVng } from '@/lib/twin/types'
import { findCluster, type Call, type Handler } from '../call'
import { vngView } from '../views/cluster-view'
import { invalid, items, notFound } from '../wire'
import type { SimulatedCluster } from '../world'

const kind = 'spotinst:ocean:azure:np:virtualNodeGroup'

const taint = z.object({ key: z.string().min(1), value: z.string().nullish(), effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute', 'PreferNoExecute']) })
const group = z.looseObject({
  name: z.string().min(1).optional(),
  oceanId: z.string().optional(),
  availabilityZones: z.array(z.string()).optional(),
  labels: z.record(z.string(), z.string()).nullish(),
  taints: z.array(taint).nullish(),
  nodeCountLimits: z.object({ minCount: z.number().int().min(0).nullish(), maxCount: z.number().int().min(0).nullish() }).nullish(),
  strategy: z.looseObject({ spotPercentage: z.number().min(0).max(100).nullish(), fallbackToOd: z.boolean().nullish(), drainingTimeout: z.number().int().min(300).max(3600).nullish() }).nullish(),
})
const body = z.object({ virtualNodeGroup: group })

/** Label keys that a group may not carry (Spot API, Create Virtual Node Group). */
const builtIn = /^(kubernetes\.azure\.com\/|kubernetes\.io\/(arch|os|hostname)$|node\.kubernetes\.io\/instance-type$|topology\.kubernetes\.io\/(region|zone)$)/

const readGroup = (value: unknown) => {
  const parsed = body.safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return { reply: invalid(`${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'is not valid'}`, issue?.path.join('.')) }
  }
  const input = parsed.data.virtualNodeGroup
  const refusedKey = Object.keys(input.labels ?? {}).find((key) => builtIn.test(key))
  if (refusedKey !== undefined) return { reply: invalid(`Label key ${refusedKey} is built in and cannot be set.`, 'virtualNodeGroup.labels') }
  return { input }
}

const merge = (base: TwinVng, input: z.infer<typeof group>): TwinVng => ({
  ...base,
  name: input.name ?? base.name,
  availabilityZones: input.availabilityZones ?? base.availabilityZones,
  labels: input.labels === undefined ? base.labels : (input.labels ?? {}),
  taints: input.taints === undefined ? base.taints : (input.taints ?? []).map(({ key, value, effect }) => ({ key, value: value ?? '', effect })),
  minCount: input.nodeCountLimits?.minCount ?? base.minCount,
  maxCount: input.nodeCountLimits?.maxCount ?? base.maxCount,
  spotPercentage: input.strategy?.spotPercentage ?? base.spotPercentage,
  fallbackToOd: input.strategy?.fallbackToOd ?? base.fallbackToOd,
  drainingTimeoutSeconds: input.strategy?.drainingTimeout ?? base.drainingTimeoutSeconds,
})

const findVng = (call: Call): { cluster: SimulatedCluster; vng: TwinVng } | null => {
  const id = call.params.vngId ?? call.query.get('virtualNodeGroupId') ?? ''
  for (const cluster of call.world.clusters.values()) {
    const vng = cluster.accountId === call.accountId ? cluster.twin.state.vngs.get(id) : undefined
    if (vng !== undefined && !call.principal.deniedClusters.includes(cluster.clusterId)) return { cluster, vng }
  }
  return null
}

const onVng =
  (handle: (call: Call, found: { cluster: SimulatedCluster; vng: TwinVng }) => ReturnType<Handler>): Handler =>
  (call) => {
    const found = findVng(call)
    return found === null ? notFound(`Virtual node group ${call.params.vngId ?? call.query.get('virtualNodeGroupId') ?? ''}`) : handle(call, found)
  }

export const listVngs: Handler = (call) => {
  const oceanId = call.query.get('oceanId')
  const clusters = oceanId === null ? [...call.world.clusters.values()].filter(({ accountId }) => accountId === call.accountId) : [findCluster(call, oceanId)]
  const list: unknown[] = []
  for (const cluster of clusters) {
    if ('ok' in cluster) return cluster
    for (const vng of cluster.twin.state.vngs.values()) list.push(vngView(call.world, cluster.clusterId, vng))
  }
  return items(kind, list)
}

export const getVng: Handler = onVng(({ world }, { cluster, vng }) => items(kind, [vngView(world, cluster.clusterId, vng)]))

export const createVng: Handler = (call) => {
  const { input, reply } = readGroup(call.body)
  if (input === undefined) return reply
  const cluster = findCluster(call, input.oceanId ?? '')
  if ('ok' in cluster) return cluster
  const { state } = cluster.twin
  const id = `vng-${letters(createRandom(Math.round(state.nowMs) + state.vngs.size * 7919), 8)}`
  const base: TwinVng = { ...state.cluster.template, labels: {}, taints: [], id, name: id, createdAtMs: state.nowMs, updatedAtMs: state.nowMs }
  cluster.twin.record({ kind: 'vng-set', vng: merge(base, input) })
  return items(kind, [vngView(call.world, cluster.clusterId, state.vngs.get(id) as TwinVng)])
}

export const updateVng: Handler = onVng((call, { cluster, vng }) => {
  const { input, reply } = readGroup(call.body)
  if (input === undefined) return reply
  const { state } = cluster.twin
  cluster.twin.record({ kind: 'vng-set', vng: { ...merge(vng, input), updatedAtMs: state.nowMs } })
  return items(kind, [vngView(call.world, cluster.clusterId, state.vngs.get(vng.id) as TwinVng)])
})

export const deleteVng: Handler = onVng((_call, { cluster, vng }) => {
  cluster.twin.record({ kind: 'vng-deleted', vngId: vng.id })
  return items(kind, [])
})

/** The spec of a group like the pool; nothing is created (Spot API, Import Virtual Node Group). */
export const importVng: Handler = (call) => {
  const cluster = findCluster(call, call.query.get('oceanId') ?? '')
  if ('ok' in cluster) return cluster
  const poolName = call.query.get('nodePoolName') ?? ''
  const sample = [...cluster.twin.state.nodes.values()].find((node) => node.poolName === poolName)
  if (sample === undefined) return notFound(`Node pool ${poolName}`)
  const labels = Object.fromEntries(Object.entries(sample.labels).filter(([key]) => !builtIn.test(key) && key !== 'agentpool' && !key.startsWith('spotinst.io/')))
  return items('spotinst:ocean:azure:np:cluster', [
    {
      virtualNodeGroup: {
        name: poolName,
        oceanId: cluster.clusterId,
        availabilityZones: ['1', '2', '3'],
        labels,
        taints: sample.taints,
        nodeCountLimits: { minCount: 0, maxCount: 1000 },
        vmSizes: { filters: { minVCpu: 2 } },
      },
    },
  ])
}

export const listVmSizes: Handler = onVng(() => {
  const allowedVmSizes = ['standard_d4s_v5', 'standard_d8s_v5', 'standard_d16s_v5', 'standard_e4s_v5', 'standard_e8s_v5']
  return items('spotinst:ocean:azure:k8s:np:virtualNodeGroup:allowedVmSizes', [{ allowedVmSizes, numOfAllowedVmSizes: allowedVmSizes.length }])
})
