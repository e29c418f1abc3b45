import 'server-only'
import { z } from 'zod'
import { account, type Account } from './schemas/account'
import { cluster, clusterDocument, heartbeat, type Cluster, type ClusterDocument, type Heartbeat } from './schemas/cluster'
import { discoveredNode, type DiscoveredNode } from './schemas/discovery'
import { accountId as accountIdSchema, clusterId as clusterIdSchema, migrationId as migrationIdSchema, vngId as vngIdSchema } from './schemas/ids'
import { logLimitMax, logLine, type LogLine } from './schemas/log'
import { createMigrationBody, createdMigration, migration, stoppedMigration } from './schemas/migration'
import type { CreateMigrationBody, CreatedMigration, Migration, StoppedMigration } from './schemas/migration'
import { node, type SpotNode } from './schemas/node'
import { roll, type Roll } from './schemas/roll'
import { vng, type Vng } from './schemas/vng'
import { allowedVmSizes, importedVng, newVngBody, vngChanges, vngDocument, type NewVngBody, type VngChanges, type VngDocument } from './schemas/vng-body'
import type { BudgetSnapshot } from './budget'
import { SpotError } from './errors'
import { checked } from './inputs'
import { callName, spotRoutes, type SpotRoute } from './routes'
import type { Scope, SpotTransport } from './transport'
import type { ReadOptions, SpotCredentials, SpotRead, SpotWrite } from './types'

export const logSeverities = ['ALL', 'DEBUG', 'INFO', 'WARN', 'ERROR'] as const
const logRange = z.object({
  fromMs: z.number().int().nonnegative(),
  toMs: z.number().int().nonnegative(),
  severity: z.enum(logSeverities).default('ALL'),
  limit: z.number().int().min(1).max(logLimitMax).default(logLimitMax),
})
export type LogRange = z.input<typeof logRange>

/** The verbs of the Spot API that Slipway uses. Every verb rejects with `SpotError` and nothing else. */
export type SpotClient = {
  listAccounts: (options?: ReadOptions) => Promise<SpotRead<Account[]>>
  listClusters: (options?: ReadOptions) => Promise<SpotRead<Cluster[]>>
  getCluster: (clusterId: string, options?: ReadOptions) => Promise<SpotRead<Cluster>>
  /** Null when Spot has none. The call is documented for AWS and GKE; a 404 on AKS says nothing about the cluster. */
  getHeartbeat: (clusterId: string, options?: ReadOptions) => Promise<SpotRead<Heartbeat | null>>
  listNodes: (clusterId: string, options?: ReadOptions) => Promise<SpotRead<SpotNode[]>>
  listVngs: (clusterId: string, options?: ReadOptions) => Promise<SpotRead<Vng[]>>
  /** The cluster with every field the API has for it. */
  getClusterDocument: (clusterId: string, options?: ReadOptions) => Promise<SpotRead<ClusterDocument>>
  /** The groups with every field the API has for them. */
  listVngDocuments: (clusterId: string, options?: ReadOptions) => Promise<SpotRead<VngDocument[]>>
  /** The group with every field the API has for it. */
  getVng: (vngId: string, options?: ReadOptions) => Promise<SpotRead<VngDocument>>
  /** Sent once and never repeated, like every write: on failure ask `mayHaveTakenEffect`. */
  createVng: (clusterId: string, group: NewVngBody, options?: { signal?: AbortSignal }) => Promise<SpotWrite<VngDocument>>
  updateVng: (vngId: string, changes: VngChanges, options?: { signal?: AbortSignal }) => Promise<SpotWrite<VngDocument>>
  deleteVng: (vngId: string, options?: { signal?: AbortSignal }) => Promise<void>
  /** The body that would make a group like a node pool. Nothing is created, although it is a POST. */
  importVng: (clusterId: string, nodePoolName: string, options?: { signal?: AbortSignal }) => Promise<SpotWrite<Record<string, unknown>>>
  listVmSizes: (vngId: string, options?: ReadOptions) => Promise<SpotRead<string[]>>
  discover: (clusterId: string, options?: ReadOptions & { withPods?: boolean }) => Promise<SpotRead<DiscoveredNode[]>>
  /** Sent once and never repeated: on failure ask `mayHaveTakenEffect` before anything else. */
  createMigration: (clusterId: string, body: CreateMigrationBody, options?: { signal?: AbortSignal }) => Promise<SpotWrite<CreatedMigration>>
  /** Megabytes on large clusters, every run with all its nodes: never poll it. */
  listMigrations: (clusterId: string, options?: ReadOptions) => Promise<SpotRead<Migration[]>>
  getMigration: (clusterId: string, migrationId: string, options?: ReadOptions) => Promise<SpotRead<Migration>>
  stopMigration: (clusterId: string, migrationId: string, options?: { signal?: AbortSignal }) => Promise<SpotWrite<StoppedMigration>>
  /** One call, at most 1,000 lines, no cursor: a caller who needs more splits the range. */
  listRolls: (clusterId: string, options?: ReadOptions) => Promise<SpotRead<Roll[]>>
  readLog: (clusterId: string, range: LogRange, options?: ReadOptions) => Promise<SpotRead<LogLine[]>>
  /** Factor from 1 to 8 by which a poller of this route should stretch its interval. */
  pace: (route: SpotRoute) => number
  budget: () => BudgetSnapshot
}

type Call<Item> = {
  route: SpotRoute
  /** Null where the answer is a status alone. */
  item: z.ZodType<Item> | null
  ids?: Record<string, string>
  query?: Record<string, string>
  isWhole?: true
  body?: unknown
  options?: ReadOptions
}

/** The one item of an answer. A read without it means "no such thing"; a write without it may have happened. */
const first = <T>(read: SpotRead<T[]>, route: SpotRoute): SpotRead<T> => {
  const [data] = read.data
  if (data !== undefined) return { ...read, data }
  const kind = spotRoutes[route].method === 'GET' ? 'not-found' : 'drift'
  throw new SpotError(kind, { wasSent: 'yes', call: callName(route), status: 200, requestId: read.requestId, path: 'response.items[0]' })
}

/** A client for one token and account over the process's one transport. Cheap: make one per request. */
export const createSpotClient = (transport: SpotTransport, credentials: SpotCredentials): SpotClient => {
  const scope: Scope = transport.scopeOf(credentials)

  const request = async <Item>(call: Call<Item>): Promise<SpotRead<Item[]>> => {
    const isAccountOptional = call.route === 'listAccounts'
    if (credentials.accountId === null && !isAccountOptional)
      throw new SpotError('invalid', { wasSent: 'no', call: callName(call.route), issues: [{ path: 'accountId', message: 'Choose an account first.' }] })
    const accountQuery: Record<string, string> =
      credentials.accountId === null ? {} : { accountId: checked(accountIdSchema, credentials.accountId, 'accountId') }
    return transport.request(call.item, {
      route: call.route,
      scope,
      ids: call.ids ?? {},
      query: { ...accountQuery, ...call.query },
      isWhole: call.isWhole ?? false,
      body: call.body,
      options: { maxAgeMs: spotRoutes[call.route].maxAgeMs, ...call.options },
    })
  }

  const inCluster = (clusterId: string) => ({ clusterId: checked(clusterIdSchema, clusterId, 'clusterId') })
  const ofGroup = (vngId: string) => ({ vngId: checked(vngIdSchema, vngId, 'vngId') })
  const inRun = (clusterId: string, migrationId: string) => ({
    ...inCluster(clusterId),
    migrationId: checked(migrationIdSchema, migrationId, 'migrationId'),
  })

  return {
    listAccounts: (options) => request({ route: 'listAccounts', item: account, options }),
    listClusters: (options) => request({ route: 'listClusters', item: cluster, options }),
    getCluster: async (clusterId, options) =>
      first(await request({ route: 'getCluster', item: cluster, ids: inCluster(clusterId), options }), 'getCluster'),
    getHeartbeat: async (clusterId, options) => {
      const read = await request({ route: 'getHeartbeat', item: heartbeat, ids: inCluster(clusterId), options })
      return { ...read, data: read.data[0] ?? null }
    },
    listNodes: async (clusterId, options) => request({ route: 'listNodes', item: node, ids: inCluster(clusterId), options }),
    listVngs: async (clusterId, options) =>
      request({ route: 'listVngs', item: vng, query: { oceanId: inCluster(clusterId).clusterId }, options }),
    getClusterDocument: async (clusterId, options) =>
      first(await request({ route: 'getCluster', item: clusterDocument, ids: inCluster(clusterId), isWhole: true, options }), 'getCluster'),
    listVngDocuments: async (clusterId, options) =>
      request({ route: 'listVngs', item: vngDocument, query: { oceanId: inCluster(clusterId).clusterId }, isWhole: true, options }),
    getVng: async (vngId, options) => first(await request({ route: 'getVng', item: vngDocument, ids: ofGroup(vngId), options }), 'getVng'),
    createVng: async (clusterId, group, options) => {
      const virtualNodeGroup = { ...checked(newVngBody, group, ''), oceanId: inCluster(clusterId).clusterId }
      return first(await request({ route: 'createVng', item: vngDocument, body: { virtualNodeGroup }, options }), 'createVng')
    },
    updateVng: async (vngId, changes, options) => {
      const virtualNodeGroup = checked(vngChanges, changes, '')
      return first(await request({ route: 'updateVng', item: vngDocument, ids: ofGroup(vngId), body: { virtualNodeGroup }, options }), 'updateVng')
    },
    deleteVng: async (vngId, options) => {
      await request({ route: 'deleteVng', item: null, ids: ofGroup(vngId), options })
    },
    importVng: async (clusterId, nodePoolName, options) => {
      const query = { oceanId: inCluster(clusterId).clusterId, nodePoolName }
      const read = first(await request({ route: 'importVng', item: importedVng, query, options }), 'importVng')
      return { ...read, data: read.data.virtualNodeGroup }
    },
    listVmSizes: async (vngId, options) => {
      const query = { virtualNodeGroupId: ofGroup(vngId).vngId }
      const read = first(await request({ route: 'listVmSizes', item: allowedVmSizes, query, options }), 'listVmSizes')
      return { ...read, data: read.data.allowedVmSizes }
    },
    discover: async (clusterId, { withPods = false, ...options } = {}) =>
      request({ route: 'discover', item: discoveredNode, ids: inCluster(clusterId), query: { shouldFetchPods: String(withPods) }, options }),
    createMigration: async (clusterId, body, options) => {
      const sent = checked(createMigrationBody, body, '')
      return first(await request({ route: 'createMigration', item: createdMigration, ids: inCluster(clusterId), body: sent, options }), 'createMigration')
    },
    listMigrations: async (clusterId, options) => request({ route: 'listMigrations', item: migration, ids: inCluster(clusterId), options }),
    getMigration: async (clusterId, migrationId, options) =>
      first(await request({ route: 'getMigration', item: migration, ids: inRun(clusterId, migrationId), options }), 'getMigration'),
    stopMigration: async (clusterId, migrationId, options) => {
      const read = await request({ route: 'stopMigration', item: stoppedMigration, ids: inRun(clusterId, migrationId), options })
      return { ...read, data: read.data[0] ?? { status: null } }
    },
    listRolls: async (clusterId, options) => request({ route: 'listRolls', item: roll, ids: inCluster(clusterId), options }),
    readLog: async (clusterId, range, options) => {
      const { fromMs, toMs, severity, limit } = checked(logRange, range, '')
      const query = { fromDate: String(fromMs), toDate: String(toMs), severity, limit: String(limit) }
      return request({ route: 'readLog', item: logLine, ids: inCluster(clusterId), query, options })
    },
    pace: (route) => transport.budget.pace(scope.budgetKey, route),
    budget: () => transport.budget.snapshot(scope.budgetKey),
  }
}
