import 'server-only'
import packageJson from '@/package.json'
import { sessionSeal, type SignedIn } from './auth/read-session'
import { hashSessionId, newSessionId } from './auth/session-cookie'
import { openDatabase, type OpenDatabase } from './db/client'
import { storageError } from './db/errors'
import { deleteSession } from './db/queries/sessions'
import { env as readProcessEnv, type Env } from './env'
import { AppError, type ErrorCode } from './errors'
import { createLog } from './http/log'
import { createKubeReader } from './kube/reader'
import { createLive, type Live } from './live/live'
import type { Context, Installation, Log } from './services/context'
import { describeFault } from './services/describe-fault'
import { explainError } from './services/explain-error'
import type { SignInDeps } from './services/sign-in'
import { createSpotClient } from './spot/client'
import { createSpotTransport, type SpotTransport } from './spot/transport'
import type { SpotCredentials } from './spot/types'
import { createVault, type Vault } from './vault/vault'

export type Server = {
  env: Env
  log: Log
  vault: Vault
  transport: SpotTransport
  live: Live
  now: () => number
  /** Requests that ended with an error since the process began, by code. */
  failures: Map<ErrorCode, number>
  /** Opens the database on first use; a failed attempt is tried again by the next caller. */
  database: () => Promise<OpenDatabase>
  signInDeps: () => Promise<SignInDeps>
  /** What a verb works with on behalf of someone who is signed in. */
  contextFor: (signedIn: SignedIn, request: { requestId: string; signal: AbortSignal }) => Promise<Context>
  /** Ends a session: its row, its streams, and every answer that was read with its token. */
  endSession: (session: SignedIn) => Promise<void>
  installation: () => Installation
  /** Any failure as an error that may leave, and what the log may keep of one that nobody foresaw. */
  explain: (error: unknown) => AppError
  describeFault: (cause: unknown) => Record<string, unknown>
  /** Ends streams and watchers, then the database. */
  shutdown: () => Promise<void>
}

const loopback = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/

/** After a failure callers share it for so long: opening takes a process or a connection of its own each time. */
const reopenAfterMs = 2_000

/** Why the database does not open names directories and processes, and is met before sign-in: the log has it, the answer has not. */
const forStrangers = (error: AppError, log: Log): AppError => {
  if (error.code !== 'storage_unavailable') return error
  log.error({ detail: error.detail }, 'the database could not be opened')
  return new AppError('storage_unavailable', { detail: 'Slipway cannot open its database. The log of this server says why; it is tried again by itself.', cause: error })
}

/** Opens at first use and again after a failure, never twice at the same time. */
const lazyDatabase = (env: Env, log: Log) => {
  let opening: Promise<OpenDatabase> | undefined
  let failedAt: number | undefined
  const open = () => {
    if (failedAt !== undefined && performance.now() - failedAt >= reopenAfterMs) opening = failedAt = undefined
    opening ??= openDatabase({ databaseUrl: env.databaseUrl, dataDir: env.dataDir, log }).catch((error: unknown) => {
      failedAt = performance.now()
      throw forStrangers(storageError(error), log)
    })
    return opening
  }
  return { open, close: async () => (await opening?.catch(() => undefined))?.close() }
}

const sessionOf = ({ row }: SignedIn): Context['session'] => ({
  sessionId: row.id,
  accountId: row.accountId,
  accountName: row.accountName,
  organizationId: row.organizationId,
  displayName: row.displayName,
  expiresAtMs: row.expiresAt.getTime(),
})

const newSession = () => {
  const sessionId = newSessionId()
  return { sessionId, hash: hashSessionId(sessionId) }
}

const compose = (env: Env): Server => {
  const log = createLog(env)
  const now = () => Date.now()
  const vault = createVault(env.secrets)
  const transport = createSpotTransport({ baseUrl: env.spotApiUrl, log, onDrift: (note) => log.warn({ ...note }, 'the upstream differs from its documents') })
  const spotFor = (credentials: SpotCredentials) => createSpotClient(transport, credentials)
  const storage = lazyDatabase(env, log)
  const database = storage.open
  const kube = createKubeReader({ settings: env.kube })
  const live = createLive({ connection: database, vault, spotFor, kube, now, log, pollIntervalMs: env.pollIntervalMs, retentionDays: env.retentionDays, sessionIdleMs: env.sessionIdleMinutes * 60_000 })
  const installation = (): Installation => ({
    upstream: env.spotApiUrl,
    isSimulator: loopback.test(env.spotApiUrl),
    database: env.databaseUrl === null ? 'embedded' : 'postgres',
    version: packageJson.version,
    retentionDays: env.retentionDays,
  })
  const endSession = async ({ row, token }: SignedIn) => {
    await deleteSession((await database()).db, row.id)
    live.closeSession(row.id)
    transport.forgetToken(token)
  }
  return {
    env,
    log,
    vault,
    transport,
    live,
    now,
    failures: new Map(),
    database,
    installation,
    explain: explainError,
    describeFault,
    signInDeps: async () => ({
      db: (await database()).db,
      spotFor,
      seal: (id, accountId, token) => vault.seal(token, sessionSeal(id, accountId)),
      newSession,
      now,
      maxMs: env.sessionMaxHours * 3_600_000,
    }),
    contextFor: async (signedIn, request) => ({
      ...request,
      session: sessionOf(signedIn),
      token: signedIn.token,
      spot: spotFor({ token: signedIn.token, accountId: signedIn.row.accountId, organizationId: signedIn.row.organizationId, askedBy: request.requestId }),
      db: (await database()).db,
      live,
      kube,
      vault,
      installation: installation(),
      now,
      log,
      endSession: () => endSession(signedIn),
    }),
    endSession,
    shutdown: async () => {
      await live.shutdown()
      await storage.close()
      await transport.close()
    },
  }
}

// Route handlers, pages and instrumentation are bundled apart and share no module state, only this object.
const place = globalThis as { slipwayServer?: Server }

/** The one composition of this process. Opens nothing: database and connections come with the first use. */
export const getServer = (): Server => (place.slipwayServer ??= compose(readProcessEnv()))
