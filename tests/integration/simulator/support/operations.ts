import { z } from 'zod'
import { account } from '@/lib/spot/schemas/account'
import { cluster, heartbeat } from '@/lib/spot/schemas/cluster'
import { discoveredNode } from '@/lib/spot/schemas/discovery'
import { logLine } from '@/lib/spot/schemas/log'
import { createdMigration, migration, stoppedMigration } from '@/lib/spot/schemas/migration'
import { node } from '@/lib/spot/schemas/node'
import { vng } from '@/lib/spot/schemas/vng'
import { allowedVmSizes, importedVng, vngDocument } from '@/lib/spot/schemas/vng-body'
import type { CallOptions } from './call'

/** What a request of the table works on. */
export type Ids = { cluster: string; group: string; freeGroup: string; run: string; poolName: string; movable: string[]; managedNode: string; newCluster: string }

export type Asked = CallOptions & { path: string }

/**
 * An operation of the contract, named `method template` as there. `own` is what the product reads an item with,
 * null where it does not call the operation.
 */
export type Operation = {
  name: string
  own: z.ZodType | null
  /** Succeeds; each in its order in the table. */
  good: (ids: Ids) => Asked
  /** Answered with 400 by itself, where a request can be wrong. */
  bad?: (ids: Ids) => Asked
  /** Names something that is not there. */
  unknown?: (ids: Ids) => Asked
}

const np = '/ocean/azure/np'
const clusterPath = `${np}/cluster/{oceanClusterId}`
const groupPath = `${np}/virtualNodeGroup/{virtualNodeGroupId}`
const runPath = `${clusterPath}/migration/{migrationId}`
const costsPath = '/ocean/azure/k8s/cluster/{oceanClusterId}/aggregatedCosts'
const nowhere = { cluster: 'o-00000000', group: 'vng-00000001', run: 'scr-00000000' }
const costBody = { startTime: '2026-01-01T00:20:00Z', endTime: '2026-01-02T00:50:00Z', groupBy: 'namespace' }
const days = 'fromDate=2020-01-01&toDate=2100-01-01'
const aks = { clusterName: 'made-here', resourceGroupName: 'rg', region: 'eastus', infrastructureResourceGroupName: 'MC_rg' }
const newCluster = {
  name: 'made-here',
  controllerClusterId: 'made-here',
  aks,
  autoScaler: { resourceLimits: { maxVCpu: 100, maxMemoryGib: 400 } },
  virtualNodeGroupTemplate: { availabilityZones: ['1'], labels: { team: 'a' }, nodePoolProperties: { osSKU: 'AzureLinux' } },
}

const get = (path: string): Asked => ({ path })
const post = (path: string, body?: unknown): Asked => ({ path, method: 'POST', body })
const put = (path: string, body?: unknown): Asked => ({ path, method: 'PUT', body })
const remove = (path: string): Asked => ({ path, method: 'DELETE' })

/** A read inside a cluster: only the id can be wrong. */
const inCluster = (rest: string, own: z.ZodType): Operation => ({
  name: `get ${clusterPath}${rest}`,
  own,
  good: (ids) => get(`${np}/cluster/${ids.cluster}${rest}`),
  unknown: () => get(`${np}/cluster/${nowhere.cluster}${rest}`),
})

const costs = (rest: string): Operation => ({
  name: `post ${costsPath}${rest}`,
  own: null,
  good: (ids) => post(`/ocean/azure/k8s/cluster/${ids.cluster}/aggregatedCosts${rest}`, costBody),
  bad: (ids) => post(`/ocean/azure/k8s/cluster/${ids.cluster}/aggregatedCosts${rest}`, { ...costBody, groupBy: 'colour' }),
  unknown: () => post(`/ocean/azure/k8s/cluster/${nowhere.cluster}/aggregatedCosts${rest}`, costBody),
})

/** Every operation of the contract, in an order in which each can succeed. */
export const operations: readonly Operation[] = [
  { name: 'get /setup/account', own: account, good: () => get('/setup/account') },
  { name: 'post /setup/account', own: null, good: () => post('/setup/account', { account: { name: 'new' } }), bad: () => post('/setup/account', {}) },
  { name: `get ${np}/cluster`, own: cluster, good: () => get(`${np}/cluster`) },
  { name: `post ${np}/cluster`, own: cluster, good: () => post(`${np}/cluster`, { cluster: newCluster }), bad: () => post(`${np}/cluster`, { cluster: { name: '' } }) },
  inCluster('', cluster),
  {
    name: `put ${clusterPath}`,
    own: cluster,
    good: (ids) => put(`${np}/cluster/${ids.cluster}`, { cluster: { autoScaler: { resourceLimits: { maxVCpu: 50_000 } } } }),
    bad: (ids) => put(`${np}/cluster/${ids.cluster}`, { cluster: { name: '' } }),
    unknown: () => put(`${np}/cluster/${nowhere.cluster}`, { cluster: {} }),
  },
  inCluster('/nodes', node),
  { name: `get ${np}/virtualNodeGroup`, own: vng, good: (ids) => get(`${np}/virtualNodeGroup?oceanId=${ids.cluster}`), unknown: () => get(`${np}/virtualNodeGroup?oceanId=${nowhere.cluster}`) },
  {
    name: `post ${np}/virtualNodeGroup`,
    own: vngDocument,
    good: (ids) => post(`${np}/virtualNodeGroup`, { virtualNodeGroup: { name: 'free', oceanId: ids.cluster, taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] } }),
    bad: (ids) => post(`${np}/virtualNodeGroup`, { virtualNodeGroup: { name: 'free', oceanId: ids.cluster, labels: { 'kubernetes.io/os': 'linux' } } }),
    unknown: () => post(`${np}/virtualNodeGroup`, { virtualNodeGroup: { name: 'free', oceanId: nowhere.cluster } }),
  },
  { name: `get ${groupPath}`, own: vng, good: (ids) => get(`${np}/virtualNodeGroup/${ids.group}`), unknown: () => get(`${np}/virtualNodeGroup/${nowhere.group}`) },
  {
    name: `put ${groupPath}`,
    own: vngDocument,
    good: (ids) => put(`${np}/virtualNodeGroup/${ids.group}`, { virtualNodeGroup: { strategy: { drainingTimeout: 600 } } }),
    bad: (ids) => put(`${np}/virtualNodeGroup/${ids.group}`, { virtualNodeGroup: { strategy: { drainingTimeout: 1 } } }),
    unknown: () => put(`${np}/virtualNodeGroup/${nowhere.group}`, { virtualNodeGroup: {} }),
  },
  { name: `delete ${groupPath}`, own: null, good: (ids) => remove(`${np}/virtualNodeGroup/${ids.freeGroup}`), unknown: () => remove(`${np}/virtualNodeGroup/${nowhere.group}`) },
  {
    name: `post ${np}/virtualNodeGroup/import`,
    own: importedVng,
    good: (ids) => post(`${np}/virtualNodeGroup/import?oceanId=${ids.cluster}&nodePoolName=${ids.poolName}`),
    unknown: (ids) => post(`${np}/virtualNodeGroup/import?oceanId=${ids.cluster}&nodePoolName=nopool`),
  },
  {
    name: `get ${np}/virtualNodeGroup/vmSizes`,
    own: allowedVmSizes,
    good: (ids) => get(`${np}/virtualNodeGroup/vmSizes?virtualNodeGroupId=${ids.group}`),
    unknown: () => get(`${np}/virtualNodeGroup/vmSizes?virtualNodeGroupId=${nowhere.group}`),
  },
  { ...inCluster('/migration/discovery', discoveredNode), good: (ids) => get(`${np}/cluster/${ids.cluster}/migration/discovery?shouldFetchPods=true`) },
  {
    name: `post ${clusterPath}/migration`,
    own: createdMigration,
    good: (ids) => post(`${np}/cluster/${ids.cluster}/migration`, { nodeNames: ids.movable.slice(0, 6), comment: 'contract' }),
    bad: (ids) => post(`${np}/cluster/${ids.cluster}/migration`, { nodeNames: ['no-such-node'], batchSizePercentage: 0 }),
    unknown: () => post(`${np}/cluster/${nowhere.cluster}/migration`, { nodeNames: ['a'] }),
  },
  inCluster('/migration', migration),
  { name: `get ${runPath}`, own: migration, good: (ids) => get(`${np}/cluster/${ids.cluster}/migration/${ids.run}`), unknown: (ids) => get(`${np}/cluster/${ids.cluster}/migration/${nowhere.run}`) },
  {
    name: `put ${runPath}/stop`,
    own: stoppedMigration,
    good: (ids) => put(`${np}/cluster/${ids.cluster}/migration/${ids.run}/stop`),
    unknown: (ids) => put(`${np}/cluster/${ids.cluster}/migration/${nowhere.run}/stop`),
  },
  {
    ...inCluster('/log', logLine),
    good: (ids) => get(`${np}/cluster/${ids.cluster}/log?${days}`),
    bad: (ids) => get(`${np}/cluster/${ids.cluster}/log?fromDate=yesterday&toDate=today`),
  },
  {
    name: 'get /ocean/k8s/cluster/{oceanClusterId}/controllerHeartbeat',
    own: heartbeat,
    good: (ids) => get(`/ocean/k8s/cluster/${ids.cluster}/controllerHeartbeat`),
    unknown: () => get(`/ocean/k8s/cluster/${nowhere.cluster}/controllerHeartbeat`),
  },
  costs(''),
  costs('/summary'),
  {
    name: `put ${np}/cluster/detachNodes`,
    own: null,
    good: (ids) => put(`${np}/cluster/detachNodes`, { oceanId: ids.cluster, nodeNamesToDetach: [ids.managedNode] }),
    bad: (ids) => put(`${np}/cluster/detachNodes`, { oceanId: ids.cluster, nodeNamesToDetach: [] }),
    unknown: () => put(`${np}/cluster/detachNodes`, { oceanId: nowhere.cluster, nodeNamesToDetach: ['a'] }),
  },
  { name: `delete ${clusterPath}`, own: null, good: (ids) => remove(`${np}/cluster/${ids.newCluster}`), unknown: () => remove(`${np}/cluster/${nowhere.cluster}`) },
]
