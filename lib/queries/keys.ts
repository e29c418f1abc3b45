/** Cache keys, shared by the browser's queries and the server's prefetch. */
export const keys = {
  session: () => ['session'] as const,
  endSession: () => ['end-session'] as const,
  budget: () => ['budget'] as const,
  clusters: () => ['clusters'] as const,
  cluster: (clusterId: string) => ['cluster', clusterId] as const,
  nodes: (clusterId: string) => ['cluster', clusterId, 'nodes'] as const,
  node: (clusterId: string, nodeName: string) => ['cluster', clusterId, 'node', nodeName] as const,
  readiness: (clusterId: string) => ['cluster', clusterId, 'readiness'] as const,
  holds: (clusterId: string) => ['cluster', clusterId, 'holds'] as const,
  historyFacts: (clusterId: string) => ['cluster', clusterId, 'history-facts'] as const,
  planFacts: (clusterId: string) => ['cluster', clusterId, 'plan-facts'] as const,
  inventory: (clusterId: string) => ['cluster', clusterId, 'inventory'] as const,
  vngs: (clusterId: string) => ['cluster', clusterId, 'vngs'] as const,
  vng: (clusterId: string, vngId: string) => ['cluster', clusterId, 'vng', vngId] as const,
  vngSizes: (clusterId: string, vngId: string) => ['cluster', clusterId, 'vng-sizes', vngId] as const,
  vngImport: (clusterId: string, poolName: string) => ['cluster', clusterId, 'vng-import', poolName] as const,
  /** Not read from anywhere: what this browser has learned. Outside the cluster's keys, so that reading those anew keeps it. */
  newlyMatched: (clusterId: string) => ['newly-matched', clusterId] as const,
  vngRefusal: (clusterId: string) => ['vng-refusal', clusterId] as const,
  log: (clusterId: string, range: { fromMs: number; toMs: number; severity?: string }) =>
    ['cluster', clusterId, 'log', range] as const,
  runs: (clusterId: string) => ['cluster', clusterId, 'runs'] as const,
  run: (clusterId: string, migrationId: string) => ['cluster', clusterId, 'run', migrationId] as const,
  draft: (clusterId: string, draftId: string) => ['cluster', clusterId, 'draft', draftId] as const,
  launch: (clusterId: string, launchId: string) => ['cluster', clusterId, 'launch', launchId] as const,
} as const
