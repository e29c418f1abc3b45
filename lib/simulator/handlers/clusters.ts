import { z } from 'zod'
import { isHeartbeatStale } from '@/lib/twin/heartbeat'
import type { TwinCluster } from '@/lib/twin/types'
import { groupFields, settingsFrom, type GroupInput } from '../bodies/group-body'
import { findCluster, onCluster, type Handler } from '../call'
import { clusterView } from '../views/cluster-view'
import { nodeView } from '../views/node-view'
import { done, invalidBody, items, refused } from '../wire'

const kind = 'spotinst:ocean:azure:np'

/** The vendor's Python client has one class for a group and a template, so a template may come with a group's name and cluster. */
const template = groupFields.extend({ name: z.string().nullish(), oceanId: z.string().nullish() })
const limits = z.looseObject({ maxVCpu: z.number().int().nullish(), maxMemoryGib: z.number().int().nullish() })
const changeable = {
  name: z.string().min(1),
  autoScaler: z.looseObject({ resourceLimits: limits.nullish() }).nullish(),
  virtualNodeGroupTemplate: template.nullish(),
}
const aks = z.object({ clusterName: z.string(), resourceGroupName: z.string(), region: z.string(), infrastructureResourceGroupName: z.string() })
const createBody = z.object({ cluster: z.looseObject({ ...changeable, controllerClusterId: z.string(), aks, virtualNodeGroupTemplate: template }) })
const updateBody = z.object({ cluster: z.looseObject({ ...changeable, name: changeable.name.optional() }) })

type Change = { name?: string; autoScaler?: { resourceLimits?: z.infer<typeof limits> | null } | null; virtualNodeGroupTemplate?: GroupInput | null }

const changeOf = ({ name, autoScaler, virtualNodeGroupTemplate: group, ...kept }: Change & Record<string, unknown>, before: TwinCluster): Partial<TwinCluster> => ({
  name: name ?? before.name,
  maxVCpu: autoScaler?.resourceLimits?.maxVCpu ?? before.maxVCpu,
  maxMemoryGiB: autoScaler?.resourceLimits?.maxMemoryGib ?? before.maxMemoryGiB,
  template: group == null ? before.template : { ...before.template, ...settingsFrom(group, before.template, before.template.extra) },
  extra: { ...before.extra, ...kept, autoScaler: { ...(before.extra.autoScaler as object | undefined), ...autoScaler } },
})

/** A token without access to a cluster still sees it in the list; reading it is refused. */
export const listClusters: Handler = ({ world, accountId }) => {
  const mine = [...world.clusters.values()].filter((cluster) => cluster.accountId === accountId)
  return items(kind, mine.map(({ twin }) => clusterView(world, twin.state.cluster)))
}

export const getCluster: Handler = onCluster(({ world }, { twin }) => items(kind, [clusterView(world, twin.state.cluster)]))

/** A new, empty cluster: the simulator has no cloud to find nodes in. */
export const createCluster: Handler = ({ world, accountId, body }) => {
  const parsed = createBody.safeParse(body)
  if (!parsed.success) return invalidBody(parsed.error)
  const { cluster } = parsed.data
  const { twin } = world.addCluster(accountId, cluster.name, cluster.aks.region)
  twin.command({ kind: 'change-cluster', change: changeOf(cluster, twin.state.cluster) })
  return items(kind, [clusterView(world, twin.state.cluster)])
}

export const updateCluster: Handler = onCluster(({ world, body }, { twin }) => {
  const parsed = updateBody.safeParse(body)
  if (!parsed.success) return invalidBody(parsed.error)
  const changed = twin.command({ kind: 'change-cluster', change: changeOf(parsed.data.cluster, twin.state.cluster) })
  return changed.ok ? items(kind, [clusterView(world, twin.state.cluster)]) : refused(changed.refusal)
})

export const deleteCluster: Handler = onCluster(({ world }, { clusterId }) => {
  world.removeCluster(clusterId)
  return done
})

export const listNodes: Handler = onCluster(({ world, query }, { twin }) => {
  const vngId = query.get('virtualNodeGroupId')
  const name = query.get('nodeName')
  const nodes = [...twin.state.nodes.values()].filter((node) => (vngId === null || node.vngId === vngId) && (name === null || node.name === name || node.nodeId === name))
  return items('spotinst:azure:ocean:clusterNode', nodes.map((node) => nodeView(world, twin.state, node)))
})

export const getHeartbeat: Handler = onCluster(({ world }, { twin: { state } }) => {
  const status = isHeartbeatStale(state) ? 'INACTIVE' : 'ACTIVE'
  return items('spotinst:ocean:k8s:cluster:controllerHeartbeat', [{ status, lastHeartbeat: world.stamp(state.lastHeartbeatMs) }])
})

const detachBody = z.object({ oceanId: z.string(), nodeNamesToDetach: z.array(z.string()).min(1) })

export const detachNodes: Handler = (call) => {
  const parsed = detachBody.safeParse(call.body)
  if (!parsed.success) return invalidBody(parsed.error)
  const { oceanId, nodeNamesToDetach: nodeNames } = parsed.data
  const cluster = findCluster(call, oceanId)
  if ('ok' in cluster) return cluster
  const detached = cluster.twin.command({ kind: 'detach-nodes', nodeNames })
  return detached.ok ? items('spotinst:ocean:azure:np:cluster:detachNodes', [{ oceanId, detachedNodeNames: nodeNames }]) : refused(detached.refusal)
}
