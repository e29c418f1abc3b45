import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { freePort } from '@/tests/support/free-port'

const root = path.resolve(import.meta.dirname, '../../..')
const build = path.join(root, '.next/standalone/server.js')

/** Why there is nothing to start here, or null. `npm test` builds before it runs these. */
export const buildMissing: string | null = existsSync(build) ? null : 'no production build: node scripts/build.mjs'

/** What people open: one address for all servers of an installation, as behind a balancer. */
export const publicUrl = 'http://localhost:3000'

export type ServerSettings = {
  upstream: string
  /** A PostgreSQL; left out, the embedded database in `dataDir`. */
  databaseUrl?: string
  dataDir?: string
}

type Exit = { code: number | null; signal: NodeJS.Signals | null }

export type ServerProcess = {
  url: string
  pid: number
  /** Resolves once the process is gone, its ports and pipes with it. */
  ended: Promise<Exit>
  signal: (signal: NodeJS.Signals) => void
  /** SIGKILL: the process gets no chance to say anything. */
  kill: () => Promise<void>
  output: () => string
  isReady: () => Promise<boolean>
  /** A gauge or counter without labels, as the process tells it. */
  metric: (name: string) => Promise<number>
}

/** Only what is named here, and the path to find programs by. */
const envOf = (port: number, { upstream, databaseUrl = '', dataDir = '' }: ServerSettings) => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  NODE_ENV: 'production' as const,
  NEXT_TELEMETRY_DISABLED: '1',
  PORT: String(port),
  HOSTNAME: '127.0.0.1',
  NEXTAUTH_URL: publicUrl,
  NEXTAUTH_SECRET: 'k7Zq2vX9b4Lw8RtYp1Nd6Hs3mC5jF0aE',
  SPOT_API_URL: upstream,
  DATABASE_URL: databaseUrl,
  SLIPWAY_DATA_DIR: dataDir,
  SLIPWAY_POLL_INTERVAL_MS: '500',
  SLIPWAY_LOG_LEVEL: 'debug',
})

/** Starts the production server as a process of its own; it need not be ready yet. */
export const launchServer = async (settings: ServerSettings): Promise<ServerProcess> => {
  const port = await freePort()
  const child = spawn(process.execPath, [build], { cwd: root, env: envOf(port, settings), stdio: ['ignore', 'pipe', 'pipe'] })
  const endWithTests = () => child.kill('SIGKILL')
  process.once('exit', endWithTests)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<Exit>((resolve) =>
    child.once('exit', (code, signal) => {
      process.off('exit', endWithTests)
      resolve({ code, signal })
    }),
  )
  const url = `http://127.0.0.1:${port}`
  const signal = (name: NodeJS.Signals) => void child.kill(name)
  return {
    url,
    pid: child.pid ?? 0,
    ended,
    signal,
    kill: async () => {
      signal('SIGKILL')
      await ended
    },
    output: () => output,
    isReady: () => fetch(`${url}/api/ready`).then(({ ok }) => ok, () => false),
    metric: async (name) => Number(new RegExp(`^${name} (.+)$`, 'm').exec(await (await fetch(`${url}/api/metrics`)).text())?.[1]),
  }
}

const readyWithinMs = 60_000

/** Starts the production server and waits until it serves people. */
export const startServer = async (settings: ServerSettings): Promise<ServerProcess> => {
  const server = await launchServer(settings)
  const until = Date.now() + readyWithinMs
  let exit: Exit | null = null
  void server.ended.then((told) => (exit = told))
  while (!(await server.isReady())) {
    if (exit !== null || Date.now() > until) throw new Error(`The server is not ready (${JSON.stringify(exit)}).\n${server.output().slice(-3_000)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return server
}
