// Runs the app in development over a simulator. Options after -- go to the simulator.
import path from 'node:path'
import { ensureInstalled } from './lib/ensure.mjs'
import { portFrom } from './lib/ports.mjs'
import { fromRoot, requireNode } from './lib/project.mjs'
import { start, superviseAll } from './lib/run.mjs'
import { demoEnv, startSimulator } from './lib/servers.mjs'

requireNode()
await ensureInstalled()
const port = portFrom('PORT', 3000)
const simulatorPort = portFrom('SIMULATOR_PORT', 4010)
const dataDir = path.resolve(process.env.SLIPWAY_DATA_DIR ?? '.slipway')
const env = demoEnv({ port, simulatorUrl: `http://127.0.0.1:${simulatorPort}`, dataDir })
const simulator = startSimulator(['--port', String(simulatorPort), ...process.argv.slice(2)])
const app = start(process.execPath, [fromRoot('node_modules/next/dist/bin/next'), 'dev', '--port', String(port)], { env: { ...process.env, ...env, NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' } })
superviseAll([simulator, app])
