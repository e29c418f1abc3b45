import { z } from 'zod'
import { generateCluster } from '@/lib/twin/generate/cluster'
import { createRandom, letters } from '@/lib/twin/random'
import { createTwin } from '@/lib/twin/twin'
import { onCluster, type Call, type Handler } from '../call'
import { clusterView } from '../views/cluster-view'
import { nodeView } from '../views/node-view'
import { invalid, items, notFound } from '../wire'

const kind = 'spotinst:ocean:azure:np:cluster'

const clusterBody = z.object({ cluster: z.looseObject({ name: z.string().min(1).optional(), aks: z.looseObject({ clusterName: z.string().optional(), region: z.string().optional() }).optional() }) })

const inAccount = ({ world, accountId, principal }: Call) =>
  [...world.clusters.values()].filter((cluster) => cluster.accountId === accountId && !principal.deniedClusters.includes(cluster.clusterId))

export const listClusters: Handler = (call) =>
  items(kind, [
    // A token without access to a cluster still sees it in the list; reading it is refused.
    ...[...call.world.clusters.values()].filter(({ accountId }) => accountId === call.accountId).map(({ twin }) => clusterView(call.world, twin.state.cluster)),
  ])

export const getCluster: Handler = onCluster(({ world }, { twin }) => items(kind, [clusterView(world, twin.state.cluster)]))

/** A new, empty cluster: the simulator has no cloud to import one from. */
export const createCluster: Handler = (call) => {
  const parsed = clusterBody.safeParse(call.body)
  if (!parsed.success) return invalid('cluster: is required', 'cluster')
  const { name, aks } = parsed.data.cluster
  const clusterId = `o-${letters(createRandom(call.world.clusters.size * 7919 + inAccount(call).length), 8)}`
  const spec = generateCluster({ seed: 1, clusterId, name: name ?? aks?.clusterName ?? clusterId, region: aks?.region ?? 'westeurope', nodes: 0 })
  const twin = createTwin({ spec, seed: 1 })
  call.world.clusters.set(clusterId, { clusterId, accountId: call.accountId, twin })
  return items(kind, [clusterView(call.world, twin.state.cluster)])
}

export const updateCluster: Handler = onCluster(({ world, body }, { twin }) => {
  const parsed = clusterBody.safeParse(body)
  if (!parsed.success) return invalid('cluster: is required', 'cluster')
  const { name, aks: _fixed, ...extra } = parsed.data.cluster
  const before = twin.state.cluster
  twin.record({ kind: 'cluster-changed', cluster: { ...before, name: name ?? before.name, extra: { ...before.extra, ...extra }, updatedAtMs: twin.state.nowMs } })
  return items(kind, [clusterView(world, twin.state.cluster)])
})

export const deleteCluster: Handler = onCluster(({ world }, { clusterId }) => {
  world.clusters.delete(clusterId)
  return items(kind, [])
})

export const listNodes: Handler = onCluster(({ world, query }, { twin }) => {
  const vngId = query.get('virtualNodeGroupId')
  const name = query.get('nodeName')
  const nodes = [...twin.state.nodes.values()].filter((node) => (vngId === null || node.vngId === vngId) && (name === null || node.name === name || node.nodeId === name))
  return items('spotinst:azure:ocean:clusterNode', nodes.map((node) => nodeView(world, twin.state, node)))
})

export const getHeartbeat: Handler = onCluster(({ world }, { twin }) => {
  const { lastHeartbeatMs, isControllerSilent } = twin.state
  return items('spotinst:ocean:k8s:cluster:controllerHeartbeat', [
    { status: isControllerSilent ? 'INACTIVE' : 'ACTIVE', lastHeartbeat: world.stamp(lastHeartbeatMs) },
  ])
})

const detachBody = z.object({ oceanId: z.string(), nodeNamesToDetach: z.array(z.string()).min(1) })

export const detachNodes: Handler = (call) => {
  const parsed = detachBody.safeParse(call.body)
  if (!parsed.success) return invalid('oceanId and nodeNamesToDetach are required.', 'nodeNamesToDetach')
  const { oceanId, nodeNamesToDetach: names } = parsed.data
  const cluster = call.world.clusters.get(oceanId)
  if (cluster === undefined || cluster.accountId !== call.accountId) return notFound(`Cluster ${oceanId}`)
  const unknown = names.filter((name) => !cluster.twin.state.nodes.has(name))
  if (unknown.length > 0) return invalid(`Nodes do not exist in the cluster: ${unknown.join(', ')}`, 'nodeNamesToDetach')
  for (const name of names) cluster.twin.vanishNode(name)
  return items('spotinst:ocean:azure:np:cluster:detachNodes', [{ oceanId, detachedNodeNames: names }])
}
