// Repeats what npm test does once: storms, kill loops and generated cases in their full count.
import { ensureTestable } from './lib/ensure.mjs'
import { requireNode } from './lib/project.mjs'
import { builtStages, runStages, vitest } from './lib/stages.mjs'

requireNode()
await ensureTestable()

const soak = { SLIPWAY_SOAK: '1' }

process.exit(
  await runStages([
    ['unit', vitest('unit', soak)],
    ['integration', vitest('integration', soak)],
    ...builtStages(soak),
  ]),
)
