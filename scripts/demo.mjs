// Starts the simulator and the app, and says where they are. Options after -- go to the simulator.
import path from 'node:path'
import { ensureBuilt, ensureInstalled } from './lib/ensure.mjs'
import { isPortFree, portFrom } from './lib/ports.mjs'
import { fail, requireNode, say } from './lib/project.mjs'
import { superviseAll, waitFor } from './lib/run.mjs'
import { demoEnv, startApp, startSimulator } from './lib/servers.mjs'

const readPorts = () => {
  try {
    return { port: portFrom('PORT', 3000), simulatorPort: portFrom('SIMULATOR_PORT', 4010) }
  } catch (error) {
    return fail(error.message)
  }
}

requireNode()
const { port, simulatorPort } = readPorts()
if (!(await isPortFree(port))) fail(`Port ${port} is taken. End what listens there, or choose another: PORT=3001 npm run demo`)
if (!(await isPortFree(simulatorPort))) fail(`Port ${simulatorPort} is taken. End what listens there, or choose another: SIMULATOR_PORT=4011 npm run demo`)

await ensureInstalled()
await ensureBuilt()

const dataDir = path.resolve(process.env.SLIPWAY_DATA_DIR ?? '.slipway')
const simulatorUrl = `http://127.0.0.1:${simulatorPort}`
const simulator = startSimulator(['--port', String(simulatorPort), ...process.argv.slice(2)], { stdio: ['ignore', 'ignore', 'inherit'] })
try {
  await waitFor(simulatorUrl, simulator)
} catch {
  fail('The simulator did not start; see above.')
}
const app = startApp(demoEnv({ port, simulatorUrl, dataDir }), { stdio: ['ignore', 'ignore', 'inherit'] })
superviseAll([simulator, app])
await waitFor(`http://127.0.0.1:${port}/api/health`, app).catch(() => fail('The app did not start; see above.'))

say(`
  Slipway    http://localhost:${port}
  Token      demo-token
  Account    act-demo0001
  Spot API   simulated at ${simulatorUrl}
  Data       ${dataDir}

  Ctrl-C ends everything.`)
