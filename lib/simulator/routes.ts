import type { Handler } from './call'
import { createAccount, listAccounts } from './handlers/account'
import { createCluster, deleteCluster, detachNodes, getCluster, getHeartbeat, listClusters, listNodes, updateCluster } from './handlers/clusters'
import { costDetails, costSummary } from './handlers/costs'
import { launchNewNodes } from './handlers/launch-nodes'
import { readLog } from './handlers/log'
import { createMigration, discover, getMigration, listMigrations, stopMigration } from './handlers/migrations'
import { createRoll, getRoll, listRolls, stopRoll } from './handlers/rolls'
import { createVng, deleteVng, getVng, importVng, listVmSizes, listVngs, updateVng } from './handlers/vngs'

export type Route = { method: string; path: string; isWrite: boolean; handle: Handler }

const read = (path: string, handle: Handler): Route => ({ method: 'GET', path, isWrite: false, handle })
const write = (method: 'POST' | 'PUT' | 'DELETE', path: string, handle: Handler): Route => ({ method, path, isWrite: true, handle })
/** Asks by POST but changes nothing, so a read-only token may. */
const ask = (path: string, handle: Handler): Route => ({ method: 'POST', path, isWrite: false, handle })

const cluster = '/ocean/azure/np/cluster/:clusterId'
const vng = '/ocean/azure/np/virtualNodeGroup'

/** Every operation of the contract, and the neighbouring ones: rolls and Launch New Nodes. Fixed segments stand before the parameters that would swallow them. */
const routeTable: readonly Route[] = [
  read('/setup/account', listAccounts),
  write('POST', '/setup/account', createAccount),
  read('/ocean/azure/np/cluster', listClusters),
  write('POST', '/ocean/azure/np/cluster', createCluster),
  write('PUT', '/ocean/azure/np/cluster/detachNodes', detachNodes),
  write('PUT', '/ocean/azure/np/cluster/launchNewNodes', launchNewNodes),
  read(cluster, getCluster),
  write('PUT', cluster, updateCluster),
  write('DELETE', cluster, deleteCluster),
  read(`${cluster}/nodes`, listNodes),
  read(`${cluster}/log`, readLog),
  read(`${cluster}/migration/discovery`, discover),
  write('POST', `${cluster}/migration`, createMigration),
  read(`${cluster}/migration`, listMigrations),
  read(`${cluster}/migration/:migrationId`, getMigration),
  write('PUT', `${cluster}/migration/:migrationId/stop`, stopMigration),
  write('POST', `${cluster}/roll`, createRoll),
  read(`${cluster}/roll`, listRolls),
  read(`${cluster}/roll/:rollId`, getRoll),
  write('PUT', `${cluster}/roll/:rollId/stop`, stopRoll),
  read('/ocean/k8s/cluster/:clusterId/controllerHeartbeat', getHeartbeat),
  write('POST', `${vng}/import`, importVng),
  read(`${vng}/vmSizes`, listVmSizes),
  read(vng, listVngs),
  write('POST', vng, createVng),
  read(`${vng}/:vngId`, getVng),
  write('PUT', `${vng}/:vngId`, updateVng),
  write('DELETE', `${vng}/:vngId`, deleteVng),
  ask('/ocean/azure/k8s/cluster/:clusterId/aggregatedCosts', costDetails),
  ask('/ocean/azure/k8s/cluster/:clusterId/aggregatedCosts/summary', costSummary),
]

const matchPath = (pattern: string, path: string): Record<string, string> | null => {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] as string
    if (part.startsWith(':')) params[part.slice(1)] = safeDecode(value)
    else if (part !== value) return null
  }
  return params
}

const safeDecode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The route of a request, or whether at least its path is known. */
export const findRoute = (method: string, path: string): { route: Route; params: Record<string, string> } | 'no-path' | 'no-method' => {
  let isPathKnown = false
  for (const route of routeTable) {
    const params = matchPath(route.path, path)
    if (params === null) continue
    if (route.method === method) return { route, params }
    isPathKnown = true
  }
  return isPathKnown ? 'no-method' : 'no-path'
}
