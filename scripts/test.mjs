// Types, lint, dead code, unit, integration and browser tests, in this order; --install installs what is missing first.
import { existsSync, rmSync } from 'node:fs'
import { ensureBuilt, ensureChromium, ensureInstalled, ensurePostgres } from './lib/ensure.mjs'
import { fromRoot, requireNode, say } from './lib/project.mjs'
import { run } from './lib/run.mjs'
import { readPlaywright, readVitest } from './lib/test-results.mjs'

const bin = (path) => fromRoot('node_modules', path)
const node = (script, ...args) => run(process.execPath, [bin(script), ...args])
const resultFile = (name) => fromRoot('test-results', `${name}.json`)

/** A stage that counts as one: it passes or it fails. */
const whole = (command) => async () => {
  const hasPassed = (await command()) === 0
  return { passed: hasPassed ? 1 : 0, failed: hasPassed ? 0 : 1, skipped: [] }
}

const vitest = (project) => async () => {
  const file = resultFile(project)
  rmSync(file, { force: true })
  const code = await node('vitest/vitest.mjs', 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`)
  return readVitest(file, code)
}

const browser = async () => {
  const file = resultFile('e2e')
  rmSync(file, { force: true })
  await ensureBuilt()
  if (!existsSync(fromRoot('tests/e2e'))) return { passed: 0, failed: 0, skipped: [] }
  return readPlaywright(file, await node('@playwright/test/cli.js', 'test'))
}

const stages = [
  ['types', whole(() => node('typescript/bin/tsc', '--noEmit'))],
  ['lint', whole(() => node('eslint/bin/eslint.js', '.', '--max-warnings', '0'))],
  ['dead code', whole(() => node('knip/bin/knip.js'))],
  ['unit', vitest('unit')],
  ['integration', vitest('integration')],
  ['browser', browser],
]

requireNode()
if (process.argv.includes('--install')) {
  await ensureInstalled()
  await ensureChromium()
  await ensurePostgres()
}
// Route types are written by Next itself; without them the first type check of a clean clone would fail.
await run(process.execPath, [bin('next/dist/bin/next'), 'typegen'], { quiet: true, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } })

const totals = { passed: 0, failed: 0, skipped: [] }
for (const [name, stage] of stages) {
  const startedAt = Date.now()
  say(`\n== ${name}`)
  const result = await stage()
  say(`== ${name}: ${result.passed} passed, ${result.failed} failed, ${Math.round((Date.now() - startedAt) / 1000)} s`)
  totals.passed += result.passed
  totals.failed += result.failed
  totals.skipped.push(...result.skipped)
}

say('')
for (const reason of totals.skipped) say(`skipped: ${reason}`)
const skipped = totals.skipped.length > 0 ? `, ${totals.skipped.length} skipped` : ''
say(`${totals.passed} passed, ${totals.failed} failed${skipped}`)
process.exit(totals.failed > 0 ? 1 : 0)
