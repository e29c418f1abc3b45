import { rmSync } from 'node:fs'
import { buildIfStale } from './ensure.mjs'
import { fromRoot, say } from './project.mjs'
import { run } from './run.mjs'
import { readPlaywright, readVitest } from './test-results.mjs'

const node = (file, args, env) => run(process.execPath, [fromRoot('node_modules', file), ...args], { env: { ...process.env, ...env } })

const resultFile = (name) => {
  const file = fromRoot('test-results', `${name}.json`)
  rmSync(file, { force: true })
  return file
}

/** A stage that counts as one: it passes or it fails. */
export const whole = (act) => async () => {
  const hasPassed = await act()
  return { passed: hasPassed ? 1 : 0, failures: hasPassed ? [] : ['did not pass, see above'], skipped: [] }
}

/** A tool of ours in node_modules that counts as one. */
export const tool = (file, ...args) => whole(async () => (await node(file, args)) === 0)

/** Stages at once, as one: each of these keeps one processor busy. */
export const atOnce = (...stages) => async () => {
  const results = await Promise.all(stages.map((stage) => stage()))
  return {
    passed: results.reduce((total, { passed }) => total + passed, 0),
    failures: results.flatMap(({ failures }) => failures),
    skipped: results.flatMap(({ skipped }) => skipped),
  }
}

/** Every project of vitest.config.ts whose name begins so. */
export const vitest = (name, env) => async () => {
  const file = resultFile(name)
  const code = await node('vitest/vitest.mjs', ['run', '--project', `${name}*`, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`], env)
  return readVitest(file, code)
}

const playwright = async (env) => {
  const file = resultFile('e2e')
  return readPlaywright(file, await node('@playwright/test/cli.js', ['test'], env))
}

/** The build, and the tests over it: servers as processes, then browsers. An older build would tell nothing of this checkout: then each counts as one failure. */
export const builtStages = (env) => {
  let isBuilt = false
  const build = whole(async () => (isBuilt = await buildIfStale()))
  const nothing = whole(async () => false)
  const overBuild = (stage) => () => (isBuilt ? stage() : nothing())
  return [
    ['build', build],
    ['size of the pages', overBuild(whole(async () => (await run(process.execPath, [fromRoot('scripts/check-bundle.mjs')])) === 0))],
    ['processes', overBuild(vitest('processes', env))],
    ['browser', overBuild(() => playwright(env))],
  ]
}

const failedStage = (error) => {
  say(String(error?.stack ?? error))
  return { passed: 0, failures: [String(error?.message ?? error)], skipped: [] }
}

/** Runs the stages in order, goes on after a failed one, and ends with what failed, what was skipped and the line of counts; resolves to the exit code. */
export const runStages = async (stages) => {
  const totals = { passed: 0, failures: [], skipped: [] }
  for (const [name, stage] of stages) {
    const startedAt = Date.now()
    say(`\n== ${name}`)
    const { passed, failures, skipped } = await stage().catch(failedStage)
    say(`== ${name}: ${passed} passed, ${failures.length} failed, ${Math.round((Date.now() - startedAt) / 1000)} s`)
    totals.passed += passed
    totals.failures.push(...failures.map((failure) => `${name}: ${failure}`))
    totals.skipped.push(...skipped)
  }
  say('')
  for (const failure of totals.failures) say(`failed: ${failure}`)
  for (const reason of totals.skipped) say(`skipped: ${reason}`)
  say(`${totals.passed} passed, ${totals.failures.length} failed${totals.skipped.length > 0 ? `, ${totals.skipped.length} skipped` : ''}`)
  return totals.failures.length > 0 ? 1 : 0
}
