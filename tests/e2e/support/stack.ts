import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { adminClient, type AdminClient } from '@/tests/support/simulator'

const root = path.resolve(import.meta.dirname, '../../..')

export type Stack = { url: string; simulatorUrl: string; admin: AdminClient; dataDir: string; output: () => string; appPid: () => number; restartApp: () => Promise<void>; close: () => Promise<void> }

const freePort = async (): Promise<number> => {
  const { createServer } = await import('node:net')
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

const end = (child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    const timer = setTimeout(() => child.kill('SIGKILL'), 8_000)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill(signal)
  })

const lineMatching = (child: ChildProcess, pattern: RegExp): Promise<string> =>
  new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready`)))
    if (!child.stdout) return reject(new Error('has no output'))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = pattern.exec(line)?.[1]
      if (found !== undefined) resolve(found)
    })
  })

const untilHealthy = async (url: string, child: ChildProcess): Promise<void> => {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`the app ended with ${child.exitCode}`)
    const isUp = await fetch(`${url}/api/health`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the app did not answer in time')
}

export type StackOptions = { name?: string; nodes?: number; pods?: number; speed?: number; scenario?: string; rateLimit?: number; isKubernetesConnected?: boolean }

/** A simulator with its switches and the production build before it, on free ports, with data of their own. */
export const startStack = async ({ name = 'own', nodes = 40, pods, speed = 200, scenario = 'calm', rateLimit = 5_000, isKubernetesConnected = false }: StackOptions = {}): Promise<Stack> => {
  const dataDir = await mkdtemp(path.join(tmpdir(), `slipway-e2e-${name}-`))
  const kubeconfig = path.join(dataDir, 'kubeconfig')
  const flags = { ...(isKubernetesConnected ? { kubeconfig } : {}), port: 0, 'admin-port': 0, nodes, ...(pods === undefined ? {} : { pods }), speed, scenario, 'rate-limit': rateLimit }
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)])
  const simulator = spawn(process.execPath, ['--import', 'tsx', 'lib/simulator/main.ts', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const [simulatorUrl, adminUrl] = await Promise.all([lineMatching(simulator, /^listening on (.+)$/), lineMatching(simulator, /^admin on (.+)$/)])

  const port = await freePort()
  const url = `http://localhost:${port}`
  let output = ''
  const startApp = async () => {
    const child = spawn(process.execPath, ['.next/standalone/server.js'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PORT: String(port),
        HOSTNAME: '127.0.0.1',
        NEXTAUTH_URL: url,
        NEXTAUTH_SECRET: 'k4Jq0vZ2mX8sT1bN6rY3wE5uH9pL7cDfGa',
        SPOT_API_URL: simulatorUrl,
        SLIPWAY_DATA_DIR: dataDir,
        ...(isKubernetesConnected ? { KUBECONFIG_FILE: kubeconfig, KUBE_CONTEXTS: 'o-demo0001=prod-weu' } : {}),
        SLIPWAY_POLL_INTERVAL_MS: '500',
        SLIPWAY_LOG_LEVEL: 'debug',
      },
    })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    await untilHealthy(`http://127.0.0.1:${port}`, child).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${output.slice(-3000)}`)
    })
    return child
  }
  let app = await startApp()
  return {
    url,
    simulatorUrl,
    dataDir,
    admin: adminClient(adminUrl),
    output: () => output,
    appPid: () => app.pid ?? 0,
    restartApp: async () => {
      await end(app, 'SIGKILL')
      app = await startApp()
    },
    close: async () => {
      await end(app)
      await end(simulator)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
