// Starts the simulator and the app, and says where they are. Options after -- go to the simulator.
import { ensureBuilt, ensureInstalled } from './lib/ensure.mjs'
import { requirePorts } from './lib/ports.mjs'
import { dataDir, requireNode, say } from './lib/project.mjs'
import { run, supervise, untilReady } from './lib/run.mjs'
import { demoEnv, kubeconfigOf, makeDataDir, simulatorCommand, startApp, startSimulator } from './lib/servers.mjs'

const options = process.argv.slice(2)
const quiet = { stdio: ['ignore', 'ignore', 'inherit'] }

requireNode()
if (options.includes('--help')) {
  await ensureInstalled()
  say('PORT=3000 SIMULATOR_PORT=4010 SLIPWAY_DATA_DIR=.slipway npm run demo -- [options]\n\nThe options are those of the simulator; its port comes from SIMULATOR_PORT.\n')
  process.exit(await run(process.execPath, simulatorCommand(['--help'])))
}
const { PORT: port, SIMULATOR_PORT: simulatorPort } = await requirePorts({ PORT: 3000, SIMULATOR_PORT: 4010 })
await ensureInstalled()

const simulatorUrl = `http://127.0.0.1:${simulatorPort}`
// Before the build, so that a mistyped option is told at once.
const kubeconfig = kubeconfigOf(options, dataDir())
makeDataDir(dataDir())
supervise('The simulator', startSimulator([...options, '--kubeconfig', kubeconfig, '--port', String(simulatorPort)], quiet))
await untilReady('The simulator', simulatorUrl)
await ensureBuilt()
supervise('The app', startApp(demoEnv({ port, simulatorUrl, dataDir: dataDir(), kubeconfig }), quiet))
await untilReady('The app', `http://127.0.0.1:${port}/api/health`)

say(`
  Slipway    http://localhost:${port}
  Token      demo-token
  Account    act-demo0001
  Spot API   simulated at ${simulatorUrl}
  Data       ${dataDir()}

  Ctrl-C ends everything.`)
