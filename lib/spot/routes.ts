/** The calls Slipway makes, by the vendor's templates (Spot API, Ocean AKS). `maxAgeMs` is how old a cached answer may be by default. */
export const spotRoutes = {
  listAccounts: { method: 'GET', path: '/setup/account', maxAgeMs: 60_000 },
  listClusters: { method: 'GET', path: '/ocean/azure/np/cluster', maxAgeMs: 10_000 },
  getCluster: { method: 'GET', path: '/ocean/azure/np/cluster/{clusterId}', maxAgeMs: 10_000 },
  getHeartbeat: { method: 'GET', path: '/ocean/k8s/cluster/{clusterId}/controllerHeartbeat', maxAgeMs: 15_000 },
  listNodes: { method: 'GET', path: '/ocean/azure/np/cluster/{clusterId}/nodes', maxAgeMs: 10_000 },
  listVngs: { method: 'GET', path: '/ocean/azure/np/virtualNodeGroup', maxAgeMs: 15_000 },
  getVng: { method: 'GET', path: '/ocean/azure/np/virtualNodeGroup/{vngId}', maxAgeMs: 15_000 },
  createVng: { method: 'POST', path: '/ocean/azure/np/virtualNodeGroup', maxAgeMs: 0 },
  updateVng: { method: 'PUT', path: '/ocean/azure/np/virtualNodeGroup/{vngId}', maxAgeMs: 0 },
  deleteVng: { method: 'DELETE', path: '/ocean/azure/np/virtualNodeGroup/{vngId}', maxAgeMs: 0 },
  importVng: { method: 'POST', path: '/ocean/azure/np/virtualNodeGroup/import', maxAgeMs: 0 },
  listVmSizes: { method: 'GET', path: '/ocean/azure/np/virtualNodeGroup/vmSizes', maxAgeMs: 60_000 },
  discover: { method: 'GET', path: '/ocean/azure/np/cluster/{clusterId}/migration/discovery', maxAgeMs: 10_000 },
  createMigration: { method: 'POST', path: '/ocean/azure/np/cluster/{clusterId}/migration', maxAgeMs: 0 },
  listMigrations: { method: 'GET', path: '/ocean/azure/np/cluster/{clusterId}/migration', maxAgeMs: 15_000 },
  getMigration: { method: 'GET', path: '/ocean/azure/np/cluster/{clusterId}/migration/{migrationId}', maxAgeMs: 1_000 },
  stopMigration: { method: 'PUT', path: '/ocean/azure/np/cluster/{clusterId}/migration/{migrationId}/stop', maxAgeMs: 0 },
  listRolls: { method: 'GET', path: '/ocean/azure/np/cluster/{clusterId}/roll', maxAgeMs: 15_000 },
  readLog: { method: 'GET', path: '/ocean/azure/np/cluster/{clusterId}/log', maxAgeMs: 5_000 },
} as const satisfies Record<string, { method: 'GET' | 'POST' | 'PUT' | 'DELETE'; path: string; maxAgeMs: number }>

export type SpotRoute = keyof typeof spotRoutes

/** `GET /path/{template}`: the name of a call in budgets, errors and logs. */
export const callName = (route: SpotRoute): string => `${spotRoutes[route].method} ${spotRoutes[route].path}`
