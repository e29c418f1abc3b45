/**
 * Every internal address, built in one place. Page builders return paths for links and redirects,
 * `api` builders the addresses of our own JSON and stream routes. Ids are percent-encoded.
 */
const seg = (value: string) => encodeURIComponent(value)

const withQuery = (path: string, query: Record<string, string | number | undefined>) => {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value))
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}

export const wizardSteps = ['nodes', 'preferences', 'plan', 'launch'] as const
export type WizardStep = (typeof wizardSteps)[number]

const cluster = (clusterId: string) => `/clusters/${seg(clusterId)}`
const apiCluster = (clusterId: string) => `/api/clusters/${seg(clusterId)}`

export const routes = {
  home: () => '/',
  signIn: (query: { callbackUrl?: string; reason?: string } = {}) => withQuery('/sign-in', query),
  clusters: () => '/clusters',
  nodes: (clusterId: string, query: { draft?: string; matches?: string; node?: string; search?: string } = {}) => withQuery(`${cluster(clusterId)}/nodes`, query),
  migrate: (clusterId: string, query: { draft?: string; step?: WizardStep } = {}) =>
    withQuery(`${cluster(clusterId)}/migrate`, query),
  workloads: (clusterId: string) => `${cluster(clusterId)}/workloads`,
  runs: (clusterId: string) => `${cluster(clusterId)}/migrations`,
  run: (clusterId: string, migrationId: string) => `${cluster(clusterId)}/migrations/${seg(migrationId)}`,
  compareRuns: (clusterId: string, query: { a?: string; b?: string } = {}) => withQuery(`${cluster(clusterId)}/migrations/compare`, query),
  runReport: (clusterId: string, migrationId: string, query: { names?: 'hidden' } = {}) => withQuery(`${cluster(clusterId)}/migrations/${seg(migrationId)}/report`, query),
  /** `create` names what a new group starts from, `edit` and `group` an existing one; `nodes` are comma-separated names that the group is to take. */
  vngs: (clusterId: string, query: { create?: 'scratch' | 'pool' | 'nodes'; pool?: string; nodes?: string; edit?: string; group?: string } = {}) =>
    withQuery(`${cluster(clusterId)}/vngs`, query),
  inventory: (clusterId: string) => `${cluster(clusterId)}/inventory`,
  log: (clusterId: string, query: { from?: string; to?: string } = {}) => withQuery(`${cluster(clusterId)}/log`, query),
  settings: () => '/settings',
  api: {
    signInAccounts: () => '/api/sign-in/accounts',
    session: (query: { withdraw?: '1' } = {}) => withQuery('/api/session', query),
    recordings: () => '/api/session/recordings',
    kubernetes: () => '/api/kubernetes',
    budget: () => '/api/budget',
    clusters: () => '/api/clusters',
    cluster: apiCluster,
    nodes: (clusterId: string) => `${apiCluster(clusterId)}/nodes`,
    readiness: (clusterId: string, query: { fresh?: '1' } = {}) => withQuery(`${apiCluster(clusterId)}/readiness`, query),
    node: (clusterId: string, nodeName: string, query: { fresh?: '1' } = {}) => withQuery(`${apiCluster(clusterId)}/nodes/${encodeURIComponent(nodeName)}`, query),
    historyFacts: (clusterId: string) => `${apiCluster(clusterId)}/history-facts`,
    planFacts: (clusterId: string) => `${apiCluster(clusterId)}/plan-facts`,
    rehearsalFacts: (clusterId: string) => `${apiCluster(clusterId)}/rehearsal-facts`,
    inventory: (clusterId: string) => `${apiCluster(clusterId)}/inventory`,
    vngs: (clusterId: string) => `${apiCluster(clusterId)}/vngs`,
    vngImport: (clusterId: string) => `${apiCluster(clusterId)}/vngs/import`,
    vng: (clusterId: string, vngId: string) => `${apiCluster(clusterId)}/vngs/${seg(vngId)}`,
    vngSizes: (clusterId: string, vngId: string) => `${apiCluster(clusterId)}/vngs/${seg(vngId)}/vm-sizes`,
    log: (clusterId: string, query: { fromMs: number; toMs: number; severity?: string }) =>
      withQuery(`${apiCluster(clusterId)}/log`, query),
    holds: (clusterId: string) => `${apiCluster(clusterId)}/holds`,
    presets: (clusterId: string) => `${apiCluster(clusterId)}/presets`,
    preset: (clusterId: string, presetId: string) => `${apiCluster(clusterId)}/presets/${seg(presetId)}`,
    presetDefault: (clusterId: string) => `${apiCluster(clusterId)}/preset-default`,
    rollbackKit: (clusterId: string, migrationId: string) => `${apiCluster(clusterId)}/migrations/${seg(migrationId)}/rollback-kit`,
    rollbackFacts: (clusterId: string) => `${apiCluster(clusterId)}/rollback-facts`,
    poolLimits: (clusterId: string) => `${apiCluster(clusterId)}/pool-limits`,
    drafts: (clusterId: string) => `${apiCluster(clusterId)}/drafts`,
    draft: (clusterId: string, draftId: string) => `${apiCluster(clusterId)}/drafts/${seg(draftId)}`,
    launches: (clusterId: string) => `${apiCluster(clusterId)}/launches`,
    launch: (clusterId: string, launchId: string) => `${apiCluster(clusterId)}/launches/${seg(launchId)}`,
    migrations: (clusterId: string, query: { refresh?: '1' } = {}) => withQuery(`${apiCluster(clusterId)}/migrations`, query),
    migration: (clusterId: string, migrationId: string) => `${apiCluster(clusterId)}/migrations/${seg(migrationId)}`,
    managedShare: (clusterId: string) => `${apiCluster(clusterId)}/managed-share`,
    recording: (clusterId: string, migrationId: string) => `${apiCluster(clusterId)}/migrations/${seg(migrationId)}/recording`,
    stop: (clusterId: string, migrationId: string) =>
      `${apiCluster(clusterId)}/migrations/${seg(migrationId)}/stop`,
    stream: (clusterId: string, migrationId: string) =>
      `${apiCluster(clusterId)}/migrations/${seg(migrationId)}/stream`,
  },
} as const
