// Runs the simulated Spot API alone; see --help.
import { ensureInstalled } from './lib/ensure.mjs'
import { requireNode } from './lib/project.mjs'
import { supervise } from './lib/run.mjs'
import { startSimulator } from './lib/servers.mjs'

requireNode()
await ensureInstalled()
supervise('The simulator', startSimulator(process.argv.slice(2)))
