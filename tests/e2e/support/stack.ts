import { spawn } from 'node:child_process'
import path from 'node:path'
import { freePort } from '@/tests/support/free-port'
import { adminClient, type AdminClient } from '@/tests/support/simulator'
import { removeDir } from '@/tests/support/remove-dir'
import { makeDataDir } from './data-dir'
import { end, lineMatching, root, startProduction } from './production'

export type Stack = { url: string; simulatorUrl: string; admin: AdminClient; dataDir: string; output: () => string; appPid: () => number; restartApp: () => Promise<void>; close: () => Promise<void> }

export type StackOptions = { name?: string; nodes?: number; pods?: number; speed?: number; scenario?: string; rateLimit?: number; isKubernetesConnected?: boolean }

/** A simulator with its switches and the production build before it, on free ports, with data of their own. */
export const startStack = async ({ name = 'own', nodes = 40, pods, speed = 200, scenario = 'calm', rateLimit = 5_000, isKubernetesConnected = false }: StackOptions = {}): Promise<Stack> => {
  const dataDir = await makeDataDir(name)
  const kubeconfig = path.join(dataDir, 'kubeconfig')
  const [port, simulatorPort] = [await freePort(), await freePort()]
  const flags = { ...(isKubernetesConnected ? { kubeconfig } : {}), port: simulatorPort, 'admin-port': 0, nodes, ...(pods === undefined ? {} : { pods }), speed, scenario, 'rate-limit': rateLimit }
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)])
  const simulator = spawn(process.execPath, ['--import', 'tsx', 'lib/simulator/main.ts', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const url = `http://localhost:${port}`
  let output = ''
  const startApp = () =>
    startProduction({
      port,
      dataDir,
      spotApiUrl: `http://127.0.0.1:${simulatorPort}`,
      env: { ...(isKubernetesConnected ? { KUBECONFIG_FILE: kubeconfig, KUBE_CONTEXTS: 'o-demo0001=prod-weu' } : {}), SLIPWAY_POLL_INTERVAL_MS: '500', SLIPWAY_LOG_LEVEL: 'debug' },
      hear: (text) => (output += text),
    })
  // Each takes a second or two, and neither asks the other for anything until it is asked.
  const [simulatorUrl, adminUrl, first] = await Promise.all([lineMatching(simulator, /^listening on (.+)$/), lineMatching(simulator, /^admin on (.+)$/), startApp()])
  let app = first
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
      await Promise.all([end(app), end(simulator)])
      await removeDir(dataDir)
    },
  }
}
