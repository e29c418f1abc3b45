import 'server-only'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pino from 'pino'
import type { NextAuthOptions } from 'next-auth'
import { authOptions } from './auth/options'
import { sessionSeal } from './auth/read-session'
import { hashSessionId, newSessionId } from './auth/session-cookie'
import { openDatabase, type OpenDatabase } from './db/client'
import { env as readProcessEnv, type Env } from './env'
import { createLive, type Live } from './live/live'
import { peerHeader } from './http/address'
import type { Installation, Log } from './services/context'
import { signIn, type SignInDeps } from './services/sign-in'
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
  auth: NextAuthOptions
  now: () => number
  /** Opens the database on first use; a failed attempt is tried again by the next caller. */
  database: () => Promise<OpenDatabase>
  signInDeps: () => Promise<SignInDeps>
  installation: () => Installation
  /** Ends streams and watchers, then the database. */
  shutdown: () => Promise<void>
}

const loopback = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/

const readVersion = (): string => {
  const text = readFileSync(path.join(process.cwd(), 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

const createLog = (env: Env): Log =>
  pino({ level: env.logLevel, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: ['token', '*.token', 'authorization', '*.authorization', 'cookie', '*.cookie'], censor: '[redacted]' } })

/** Opens at first use and again after a failure, never twice at the same time. */
const lazyDatabase = (env: Env, log: Log) => {
  let opening: Promise<OpenDatabase> | undefined
  const open = () => {
    opening ??= openDatabase({ databaseUrl: env.databaseUrl, dataDir: env.dataDir, log }).catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }
  return { open, close: async () => (await opening?.catch(() => undefined))?.close() }
}

const peerOf = (headers: Record<string, unknown> | undefined): string => {
  const value = headers?.[peerHeader]
  return typeof value === 'string' ? value : 'unknown'
}

const compose = (env: Env): Server => {
  const log = createLog(env)
  const now = () => Date.now()
  const vault = createVault(env.secrets)
  const transport = createSpotTransport({ baseUrl: env.spotApiUrl, log, onDrift: (note) => log.warn({ ...note }, 'the upstream differs from its documents') })
  const spotFor = (credentials: SpotCredentials) => createSpotClient(transport, credentials)
  const storage = lazyDatabase(env, log)
  const database = storage.open
  const live = createLive({ database: async () => (await database()).db, connection: database, vault, spotFor, now, log, pollIntervalMs: env.pollIntervalMs })
  const signInDeps = async (): Promise<SignInDeps> => ({
    db: (await database()).db,
    spotFor,
    seal: (id, accountId, token) => vault.seal(token, sessionSeal(id, accountId)),
    newSession: () => {
      const sessionId = newSessionId()
      return { sessionId, hash: hashSessionId(sessionId) }
    },
    now,
    idleMs: env.sessionIdleMinutes * 60_000,
    maxMs: env.sessionMaxHours * 3_600_000,
  })
  const version = readVersion()
  return {
    env,
    log,
    vault,
    transport,
    live,
    now,
    database,
    signInDeps,
    auth: authOptions(env, async ({ request, ...given }) => signIn(await signInDeps(), given, peerOf(request.headers))),
    installation: () => ({ upstream: env.spotApiUrl, isSimulator: loopback.test(env.spotApiUrl), database: env.databaseUrl === null ? 'embedded' : 'postgres', version }),
    shutdown: async () => {
      await live.shutdown()
      await storage.close()
      await transport.close()
    },
  }
}

// Route handlers, pages and instrumentation are bundled apart and share no module state, only this object.
const place = globalThis as { slipwayServer?: Server }

/** The one composition of this process. */
export const getServer = (): Server => (place.slipwayServer ??= compose(readProcessEnv()))
