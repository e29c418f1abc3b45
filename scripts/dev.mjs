// Runs the app in development over a simulator. Options after -- go to the simulator.
import { ensureInstalled } from './lib/ensure.mjs'
import { requirePorts } from './lib/ports.mjs'
import { dataDir, fromRoot, requireNode } from './lib/project.mjs'
import { start, supervise } from './lib/run.mjs'
import { demoEnv, kubeconfigOf, makeDataDir, startSimulator } from './lib/servers.mjs'

requireNode()
const { PORT: port, SIMULATOR_PORT: simulatorPort } = await requirePorts({ PORT: 3000, SIMULATOR_PORT: 4010 })
await ensureInstalled()
const options = process.argv.slice(2)
const kubeconfig = kubeconfigOf(options, dataDir())
makeDataDir(dataDir())
const settings = demoEnv({ port, simulatorUrl: `http://127.0.0.1:${simulatorPort}`, dataDir: dataDir(), kubeconfig })
const env = { ...process.env, ...settings, NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' }
supervise('The simulator', startSimulator([...options, '--kubeconfig', kubeconfig, '--port', String(simulatorPort)]))
supervise('The app', start(process.execPath, [fromRoot('node_modules/next/dist/bin/next'), 'dev', '--port', String(port)], { env }))
