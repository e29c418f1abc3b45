// Repeats what npm test does once: storms, kill loops and generated cases in their full count.
import { ensureTestable } from './lib/ensure.mjs'
import { requireNode } from './lib/project.mjs'
import { runStages, stagesOverServers, vitest } from './lib/stages.mjs'

requireNode()
await ensureTestable()

const soak = { SLIPWAY_SOAK: '1' }

process.exit(
  await runStages([
    ['unit', vitest('unit', soak)],
    ...stagesOverServers(soak),
  ]),
)
