import { mkdtempSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from './ports.mjs'
import { end, untilReady } from './run.mjs'
import { demoEnv, kubeconfigOf, startApp, startSimulator } from './servers.mjs'

const addressAfter = (child, word) =>
  new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The simulator ended with ${code}.`)))
    createInterface({ input: child.stdout }).on('line', (line) => line.startsWith(word) && resolve(line.slice(word.length)))
  })

const adminOf = (adminUrl) => {
  const call = async (method, at, body) => {
    const response = await fetch(`${adminUrl}${at}`, { method, ...(body && { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${at}: ${await response.text()}`)
    return response.json()
  }
  return {
    fault: (fault) => call('POST', '/faults', fault),
    clearFaults: () => call('DELETE', '/faults'),
    time: (time) => call('POST', '/time', time),
  }
}

/** The production build before a simulator with its switches, on free ports, with data of their own. */
export const startDemoStack = async (flags = []) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'slipway-stack-'))
  const kubeconfig = kubeconfigOf([], dataDir)
  const simulator = startSimulator(['--port', '0', '--admin-port', '0', '--kubeconfig', kubeconfig, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [simulatorUrl, adminUrl] = await Promise.all([addressAfter(simulator, 'listening on '), addressAfter(simulator, 'admin on ')])
  const port = await freePort()
  const app = startApp({ ...demoEnv({ port, simulatorUrl, dataDir, kubeconfig }), SLIPWAY_POLL_INTERVAL_MS: '500' }, { stdio: ['ignore', 'ignore', 'inherit'] })
  const url = `http://localhost:${port}`
  await untilReady('The app', `${url}/api/health`)
  const close = async () => {
    await Promise.all([end(app), end(simulator)])
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { url, admin: adminOf(adminUrl), close }
}
