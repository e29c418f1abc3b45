// Runs the production build against SPOT_API_URL, once the settings hold.
import path from 'node:path'
import { ensureBuilt, ensureInstalled } from './lib/ensure.mjs'
import { fromRoot, requireNode, say } from './lib/project.mjs'
import { run, superviseAll } from './lib/run.mjs'
import { startApp } from './lib/servers.mjs'

requireNode()
await ensureInstalled()
const env = { ...process.env, NODE_ENV: 'production' }
// The settings are read by the module that the server itself uses; it says every fault in a sentence.
const code = await run(process.execPath, ['--conditions=react-server', '--import', 'tsx', fromRoot('scripts/check-settings.mjs')], { env })
if (code !== 0) process.exit(code)
await ensureBuilt()

const port = process.env.PORT || '3000'
const app = startApp({ PORT: port, SLIPWAY_DATA_DIR: path.resolve(process.env.SLIPWAY_DATA_DIR || '.slipway') })
superviseAll([app])
say(`Slipway listens on port ${port}; people open ${process.env.NEXTAUTH_URL}.`)
