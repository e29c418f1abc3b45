import { randomUUID } from 'node:crypto'
import type { LaunchRequest } from '@/lib/contract/launch'
import type { Database, OpenDatabase } from '@/lib/db/client'
import { deleteSession, type SessionRow } from '@/lib/db/queries/sessions'
import { sessions } from '@/lib/db/schema/sessions'
import { createKubeReader } from '@/lib/kube/reader'
import { createLive, type Live } from '@/lib/live/live'
import { leaseTtlMs } from '@/lib/live/lease'
import type { Timers } from '@/lib/live/timers'
import { clusterIds } from '@/lib/simulator/people'
import type { SimulatorFlags } from '@/lib/simulator/flags'
import { assessReadiness } from '@/lib/services/assess-readiness'
import type { Context } from '@/lib/services/context'
import { getCluster } from '@/lib/services/get-cluster'
import { listNodes } from '@/lib/services/list-nodes'
import { readPlanFacts } from '@/lib/services/read-plan-facts'
import { createSpotClient } from '@/lib/spot/client'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'
import { createSpotTransport } from '@/lib/spot/transport'
import type { SpotCredentials } from '@/lib/spot/types'
import { createVault } from '@/lib/vault/vault'
import { routes } from '@/lib/routes'
import { reviewedLaunch, type LaunchChoices } from '@/tests/support/reviewed-launch'
import { startSimulator } from '@/tests/support/simulator'

export const clusterId = clusterIds.demo
export const accountId = 'act-demo0001'

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

type FastTimers = Timers & { pace: (times: number) => void; wallOf: (atMs: number) => number }

/**
 * A clock that runs `times` as fast as the wall: waits of the product pass in a fraction of their length.
 * `pace` changes how fast from now on; what was planned before keeps its time. Readings of Spot and of Kubernetes bear
 * the time of the wall, so whoever prepares a launch for long does it at pace 1, else its facts look old.
 */
export const fastTimers = (times: number): FastTimers => {
  const startedAt = Date.now()
  let since = { wallMs: startedAt, clockMs: startedAt, times }
  const stretches = [since]
  const now = () => since.clockMs + (Date.now() - since.wallMs) * since.times
  return {
    now,
    elapsedMs: now,
    after: (ms, act) => {
      const timer = setTimeout(act, ms / since.times)
      return () => clearTimeout(timer)
    },
    pace: (next) => {
      const wallMs = Date.now()
      since = { wallMs, clockMs: since.clockMs + (wallMs - since.wallMs) * since.times, times: next }
      stretches.push(since)
    },
    /** The time of the wall at a moment of this clock, exact to a millisecond or two. */
    wallOf: (atMs) => {
      const stretch = stretches.findLast(({ clockMs }) => clockMs <= atMs) ?? since
      return stretch.wallMs + (atMs - stretch.clockMs) / stretch.times
    },
  }
}

/** Ids go on: a write that comes late from a server of the test before finds no run. */
export const emptyTables = ({ sql }: OpenDatabase) => sql`truncate table run_changes, runs, launches, drafts cascade`

/** What our own addresses answer, without HTTP. */
const reader = (ctx: Context) => (path: string): Promise<unknown> => {
  const at = { ctx, input: { clusterId } }
  if (path === routes.api.nodes(clusterId)) return listNodes(at)
  if (path === routes.api.planFacts(clusterId)) return readPlanFacts(at)
  if (path === routes.api.readiness(clusterId)) return assessReadiness({ ctx, input: { clusterId, isFresh: false } })
  return getCluster(at)
}

/** Whoever is asked for again is signed in already. */
const signIn = (db: Database, row: SessionRow) => db.insert(sessions).values(row).onConflictDoNothing()

type Who = { name?: string; token?: string; sessionId?: string; signal?: AbortSignal }
/** `headersMs`: how long Spot's answer is waited for. A machine that is busy answers late; only a test of a call that hangs names a short time. */
type BenchOptions = { connection: () => Promise<OpenDatabase>; flags?: Partial<SimulatorFlags>; timers?: Timers; pollIntervalMs?: number; headersMs?: number; kubeconfigFile?: string }

/** The simulator, the client, the vault and the live part over a given database: everything but HTTP of our own. */
export const startBench = async ({ connection: shared, flags, timers = fastTimers(20), pollIntervalMs = 2_000, headersMs = 4_000, kubeconfigFile }: BenchOptions) => {
  const simulator = await startSimulator({ nodes: 24, speed: 600, ...(kubeconfigFile === undefined ? {} : { kubeconfigFile }), ...flags })
  const vault = createVault(['a secret that only tests use 0123456789'])
  const kube = createKubeReader({ settings: { kubeconfigFile: kubeconfigFile ?? null, contexts: kubeconfigFile === undefined ? {} : { [clusterId]: 'prod-weu' }, inClusterId: null, mayExec: false } })
  const lives: Live[] = []
  const transports = new Set<ReturnType<typeof createSpotTransport>>()

  /** One server process: a transport and a live part of its own, its clock `aheadMs` fast, perhaps connections too. `crash` leaves without a word. */
  const startServer = ({ aheadMs = 0, connection = shared }: { aheadMs?: number; connection?: () => Promise<OpenDatabase> } = {}) => {
    const transport = createSpotTransport({ baseUrl: simulator.baseUrl, timeouts: { headersMs, totalMs: 5_000 }, retry: { mostRetries: 0 } })
    transports.add(transport)
    let isCrashed = false
    let isFrozen = false
    const held: (() => void)[] = []
    const spotFor = (credentials: SpotCredentials) => createSpotClient(transport, credentials)
    const guarded: Timers = { now: () => timers.now() + aheadMs, elapsedMs: timers.elapsedMs, after: (ms, act) => timers.after(ms, () => (isCrashed ? undefined : isFrozen ? void held.push(act) : act())) }
    const alive = () => (isCrashed ? Promise.reject(new Error('this process is gone')) : connection())
    const live = createLive({ connection: alive, vault, spotFor, kube, now: guarded.now, timers: guarded, log: quiet, pollIntervalMs, ttlMs: leaseTtlMs / 10, sessionIdleMs: 12 * 3_600_000 })
    lives.push(live)
    const contextFor = async ({ name = 'Ada', token = 'demo-token', sessionId = `session-${name}`, signal = new AbortController().signal }: Who = {}): Promise<Context> => {
      const { db } = await connection()
      const session = { accountId, accountName: null, organizationId: null, displayName: name }
      const expiresAtMs = guarded.now() + 12 * 3_600_000
      await signIn(db, { ...session, id: sessionId, sealedToken: 'sealed', createdAt: new Date(guarded.now()), lastSeenAt: new Date(guarded.now()), expiresAt: new Date(expiresAtMs) })
      return {
        session: { ...session, sessionId, expiresAtMs },
        token,
        spot: spotFor({ token, accountId, organizationId: null }),
        db,
        live,
        kube,
        vault,
        installation: { upstream: simulator.baseUrl, isSimulator: true, database: 'embedded', version: 'test', retentionDays: null },
        now: guarded.now,
        log: quiet,
        requestId: randomUUID(),
        signal,
        endSession: async () => {
          await deleteSession(db, sessionId)
          live.closeSession(sessionId)
        },
      }
    }
    const crash = async () => {
      isCrashed = true
      await transport.close()
    }
    /** Nothing that was planned happens until `thaw`, which makes up for all of it at once, as a process does that was stopped. */
    const freeze = () => {
      isFrozen = true
    }
    const thaw = () => {
      isFrozen = false
      for (const act of held.splice(0)) act()
    }
    return { live, contextFor, crash, freeze, thaw }
  }

  const server = startServer()
  const nodeNames = async (count: number): Promise<string[]> => {
    const { spot } = await server.contextFor()
    const { data } = await spot.discover(clusterId)
    return data.slice(0, count).map(({ nodeName }) => nodeName)
  }
  const upstream = async (method: string, ending: string) => (await simulator.admin.journal()).filter((entry) => entry.method === method && entry.path.endsWith(ending))

  return {
    ...server,
    admin: simulator.admin,
    timers,
    startServer,
    nodeNames,
    /** Requests for a run as they arrived upstream. */
    upstream,
    /** A launch of the first nodes, by somebody who has reviewed it as it is now. */
    request: async (count = 4, change: LaunchChoices = {}, as?: Context): Promise<LaunchRequest> =>
      reviewedLaunch(reader(as ?? (await server.contextFor())), clusterId, {
        nodeNames: await nodeNames(count),
        options: { ...defaultMigrationOptions, batchSizePercentage: 50 },
        comment: 'web tier, wave 1',
        ...change,
      }),
    close: async () => {
      await Promise.all(lives.map((live) => live.shutdown()))
      await Promise.all([...transports].map((transport) => transport.close()))
      await simulator.close()
    },
  }
}
export type Bench = Awaited<ReturnType<typeof startBench>>
