// Measures, prints ratios taken in one run and writes tests/bench/results.json. `--short` takes fewer samples.
import { ensureBrowser, ensureBuilt } from './lib/ensure.mjs'
import { fromRoot, requireNode } from './lib/project.mjs'
import { run } from './lib/run.mjs'

requireNode()
await ensureBrowser()
await ensureBuilt()
process.exit(await run(process.execPath, ['--conditions=react-server', '--import', 'tsx', fromRoot('tests/bench/main.ts'), ...process.argv.slice(2)]))
