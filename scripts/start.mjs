// Runs the production build against SPOT_API_URL, once the settings hold.
import { ensureBuilt, ensureInstalled } from './lib/ensure.mjs'
import { requirePorts } from './lib/ports.mjs'
import { dataDir, fromRoot, requireNode, say } from './lib/project.mjs'
import { run, supervise } from './lib/run.mjs'
import { startApp } from './lib/servers.mjs'

requireNode()
const { PORT: port } = await requirePorts({ PORT: 3000 })
await ensureInstalled()
// The settings are read by the module that the server itself uses; it says every fault in a sentence.
const env = { ...process.env, NODE_ENV: 'production' }
const code = await run(process.execPath, ['--conditions=react-server', '--import', 'tsx', fromRoot('scripts/check-settings.mjs')], { env })
if (code !== 0) process.exit(code)
await ensureBuilt()
// Next listens at HOSTNAME, which shells and containers set to a name of their own.
supervise('Slipway', startApp({ PORT: String(port), HOSTNAME: process.env.SLIPWAY_HOST || '0.0.0.0', SLIPWAY_DATA_DIR: dataDir() }))
say(`Slipway starts on port ${port}; people open ${process.env.NEXTAUTH_URL}.`)
