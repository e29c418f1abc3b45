// Types, lint, dead code, unit, integration, build, server processes and browser tests, in this order; --install installs what is missing first.
import { ensureTestable } from './lib/ensure.mjs'
import { fromRoot, requireNode } from './lib/project.mjs'
import { run } from './lib/run.mjs'
import { atOnce, builtStages, runStages, tool, vitest } from './lib/stages.mjs'

requireNode()
if (process.argv.includes('--install')) await ensureTestable()
// Route types are written by Next itself; without them the first type check of a clean clone would fail.
await run(process.execPath, [fromRoot('node_modules/next/dist/bin/next'), 'typegen'], { quiet: true, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } })

process.exit(
  await runStages([
    ['types, lint, dead code', atOnce(tool('typescript/bin/tsc', '--noEmit'), tool('eslint/bin/eslint.js', '.', '--max-warnings', '0'), tool('knip/bin/knip.js'))],
    ['unit', vitest('unit')],
    ['integration', vitest('integration')],
    ...builtStages(),
  ]),
)
