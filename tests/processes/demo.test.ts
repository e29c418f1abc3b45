import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { startNode, type StartedScript } from '@/tests/integration/scripts/support/node'
import { freePort } from '@/tests/support/free-port'
import { removeDir } from '@/tests/support/remove-dir'
import { eventually } from './support/eventually'

/** The demo would otherwise install or build here, below tests that use the build. */
const isAllMade = spawnSync(process.execPath, [path.join(import.meta.dirname, 'support/is-all-made.mjs')]).status === 0

/** The processes below this one, as the system lists them. */
const descendants = (pid: number): number[] => {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  const pairs = listed.map((line) => line.trim().split(/\s+/).map(Number) as [number, number])
  const below = (parent: number): number[] => pairs.flatMap(([child, of]) => (of === parent ? [child, ...below(child)] : []))
  return below(pid)
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer().once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

describe.skipIf(!isAllMade)(`the demo${isAllMade ? '' : ' (skipped: it would install or build first; npm run demo does)'}`, () => {
  let demo: StartedScript | undefined
  let dataDir = ''
  afterAll(async () => {
    demo?.process.kill('SIGTERM')
    await demo?.ended
    await removeDir(dataDir)
  })

  test('prints where it is and how to sign in, answers with the sign-in page, and Ctrl-C ends all that it started', async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'slipway-demo-'))
    const [port, simulatorPort] = [await freePort(), await freePort()]
    const started = startNode(['scripts/demo.mjs', '--nodes', '12'], { PORT: String(port), SIMULATOR_PORT: String(simulatorPort), SLIPWAY_DATA_DIR: dataDir })
    demo = started
    await eventually(async () => started.output(), (output) => output.includes('Ctrl-C ends everything.') || started.process.exitCode !== null, 60_000)
    const lines = started.output().split('\n').map((line) => line.trim().split(/\s{2,}/))
    expect(Object.fromEntries(lines.filter(({ length }) => length === 2))).toEqual({
      Slipway: `http://localhost:${port}`,
      Token: 'demo-token',
      Account: 'act-demo0001',
      'Spot API': `simulated at http://127.0.0.1:${simulatorPort}`,
      Data: dataDir,
    })

    const page = await fetch(`http://127.0.0.1:${port}/clusters`)
    expect([page.status, new URL(page.url).pathname]).toEqual([200, '/sign-in'])
    expect(await page.text()).toContain('Spot API token')

    const below = descendants(started.process.pid ?? 0)
    expect(below.length, 'the simulator, the app and its database').toBeGreaterThanOrEqual(3)
    started.process.kill('SIGINT')
    expect((await started.ended).code).toBe(0)
    // The database notices that its server has gone, and closes its files.
    await eventually(async () => below.filter(isRunning), ({ length }) => length === 0, 10_000)
    expect(await Promise.all([port, simulatorPort].map(isFree))).toEqual([true, true])
  })
})
