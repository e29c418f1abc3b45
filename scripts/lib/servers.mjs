import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fromRoot } from './project.mjs'
import { start } from './run.mjs'

/** What Node is told to run the simulator with its flags. */
export const simulatorCommand = (args) => ['--import', 'tsx', fromRoot('lib/simulator/main.ts'), ...args]

/** Starts the simulator with its flags. */
export const startSimulator = (args, options) => start(process.execPath, simulatorCommand(args), options)

/** Starts the production build. Its server changes directory, so paths in `env` must be absolute. */
export const startApp = (env, options) => start(process.execPath, [fromRoot('.next/standalone/server.js')], { ...options, env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', KEEP_ALIVE_TIMEOUT: '61000', ...env } })

/** Makes the directory where the demo keeps its data, for its owner only. */
export const makeDataDir = (dataDir) => mkdirSync(dataDir, { recursive: true, mode: 0o700 })

/** A secret of this checkout's demo, made once and readable by its owner only. */
export const demoSecret = (dataDir) => {
  const file = path.join(dataDir, 'demo-secret')
  if (existsSync(file)) return readFileSync(file, 'utf8')
  makeDataDir(dataDir)
  const secret = randomBytes(48).toString('base64')
  writeFileSync(file, secret, { mode: 0o600 })
  return secret
}

/** Where the simulator tells the app the way to its clusters' Kubernetes: the file named in its options, or one of its own. */
export const kubeconfigOf = (options, dataDir) => {
  const at = options.indexOf('--kubeconfig')
  return path.resolve(options[at + 1] !== undefined && at >= 0 ? options[at + 1] : path.join(dataDir, 'kubeconfig'))
}

/** What the simulator calls its clusters. */
const kubeContexts = 'o-demo0001=prod-weu,o-demo0002=edge-neu,o-stag0001=staging-weu,o-othr0001=other-eus'

/** Settings of an app that stands before a simulator on this machine and its Kubernetes. */
export const demoEnv = ({ port, simulatorUrl, dataDir, kubeconfig }) => ({
  PORT: String(port),
  HOSTNAME: '127.0.0.1',
  NEXTAUTH_URL: `http://localhost:${port}`,
  NEXTAUTH_SECRET: demoSecret(dataDir),
  SPOT_API_URL: simulatorUrl,
  // A database that somebody's shell names for other work is none of the demo's.
  DATABASE_URL: '',
  SLIPWAY_DATA_DIR: dataDir,
  KUBECONFIG_FILE: kubeconfig,
  KUBE_CONTEXTS: kubeContexts,
  SLIPWAY_LOG_LEVEL: process.env.SLIPWAY_LOG_LEVEL ?? 'warn',
})
