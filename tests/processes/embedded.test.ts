import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunChange } from '@/lib/domain/progress/change'
import { countsOf, foldRun } from '@/lib/domain/progress/state'
import { clusterIds } from '@/lib/simulator/people'
import { seqs, upTo } from '@/tests/integration/live/support/events'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { removeDir } from '@/tests/support/remove-dir'
import { eventually } from './support/eventually'
import { signIn } from './support/person'
import { buildMissing, launchServer, startServer, type ServerProcess } from './support/server'
import { nodesOf } from './support/stack'

const clusterId = clusterIds.demo
/** The run is read every half second, or second while nothing happens; the rest is this machine's. */
const onePollMs = 2_000

type Seen = { what: string; atMs: number }

/** What happened to nodes and batches, each the first time it was seen. */
const timeline = (changes: readonly RunChange[]): Seen[] => {
  const seen = new Map<string, number>()
  for (const change of changes) {
    const what = change.kind === 'node' ? `${change.body.nodeName} ${change.body.status}` : change.kind === 'run' ? `batch ${change.body.currentBatch} ${change.body.status}` : null
    if (what !== null && !seen.has(what)) seen.set(what, change.atMs)
  }
  return [...seen].map(([what, atMs]) => ({ what, atMs }))
}

/** What a reading finds that is the first of its kind tells nothing of when it happened. */
const afterFirst = (list: readonly Seen[], others: readonly Seen[]) => list.filter(({ atMs }) => atMs > Math.max(list[0]?.atMs ?? 0, others[0]?.atMs ?? 0) + onePollMs)

const near = (list: readonly Seen[], { what, atMs }: Seen) => list.some((other) => other.what === what && Math.abs(other.atMs - atMs) <= onePollMs)

describe.skipIf(buildMissing !== null)(`a server process on the embedded database${buildMissing === null ? '' : ` (skipped: ${buildMissing})`}`, () => {
  let simulator: TestSimulator
  const started: ServerProcess[] = []
  const folders: string[] = []
  const folder = async () => {
    folders.push(await mkdtemp(path.join(tmpdir(), 'slipway-process-')))
    return folders.at(-1) as string
  }
  const start = async (dataDir: string) => {
    const server = await startServer({ upstream: simulator.baseUrl, dataDir })
    started.push(server)
    return server
  }
  beforeAll(async () => {
    simulator = await startSimulator({ nodes: 24, speed: 60 })
  })
  afterAll(async () => {
    for (const server of started) server.signal('SIGTERM')
    await Promise.all(started.map(({ ended }) => ended))
    await simulator.close()
    await Promise.all(folders.map(removeDir))
  })

  test('that is killed in the middle of a run and started again has the timeline of one that was not, but for its gap', async () => {
    const [dataDir, otherDir] = [await folder(), await folder()]
    const [killed, undisturbed] = await Promise.all([start(dataDir), start(otherDir)])
    const [ada, bea] = [await signIn(killed), await signIn(undisturbed, { name: 'Bea', token: 'second-token' })]
    const told = await ada.launch(killed, clusterId, await ada.review(killed, clusterId, await nodesOf(simulator.baseUrl, { clusterId, count: 8 })))
    const migrationId = told.kind === 'answer' ? (told.answer.migrationId ?? '') : ''
    expect(migrationId, JSON.stringify(told)).toMatch(/^scr-/)
    await bea.runs(undisturbed, clusterId)
    const stream = await bea.stream(undisturbed, clusterId, migrationId)
    const isMoving = (changes: readonly RunChange[]) => changes.some(({ kind, body }) => kind === 'node' && 'status' in body && body.status === 'IN_PROGRESS')
    await eventually(async () => (await ada.record(killed, clusterId, migrationId)).changes, isMoving, 40_000)
    await killed.kill()
    const diedAt = Date.now()
    const missed = stream.changes().length
    await eventually(async () => stream.changes().length - missed, (count) => count > 4 && Date.now() - diedAt > 4_000, 40_000)
    const next = await start(dataDir)
    await stream.done
    const record = await eventually(() => ada.record(next, clusterId, migrationId), ({ freshness }) => freshness.state === 'ended')
    const [disturbed, whole] = [foldRun(record.changes), foldRun(stream.changes())]

    expect(seqs(record.changes)).toEqual(upTo(record.changes.length))
    expect(disturbed.gaps).toHaveLength(1)
    expect(whole.gaps).toEqual([])
    expect([...disturbed.nodes].map(([name, { status }]) => [name, status]).sort()).toEqual([...whole.nodes].map(([name, { status }]) => [name, status]).sort())
    expect(countsOf(disturbed)).toEqual(countsOf(whole))

    const [here, there] = [timeline(record.changes), timeline(stream.changes())]
    const isMissed = ({ atMs }: Seen) => disturbed.gaps.some(({ fromMs, untilMs }) => atMs > fromMs - onePollMs && atMs < untilMs + onePollMs)
    expect(afterFirst(there, here).filter((seen) => !isMissed(seen) && !near(here, seen)), 'missing outside the gap').toEqual([])
    expect(afterFirst(here, there).filter((seen) => !isMissed(seen) && !near(there, seen)), 'seen by one only, outside the gap').toEqual([])
    expect(afterFirst(here, there).filter(({ what }) => !there.some((other) => other.what === what)), 'never happened').toEqual([])
    expect(afterFirst(there, here).length, 'compared').toBeGreaterThan(8)
    expect(there.filter(isMissed).length, 'happened in the gap').toBeGreaterThan(0)
  })

  test('refuses the directory of another, says whose it is, and leaves it alone', async () => {
    const dataDir = await folder()
    const holder = await start(dataDir)
    const ada = await signIn(holder)
    const second = await launchServer({ upstream: simulator.baseUrl, dataDir })
    started.push(second)
    await eventually(async () => second.output(), (output) => output.includes('is in use by process'), 30_000)
    expect(second.output()).toMatch(new RegExp(`The data directory ${dataDir} is in use by process \\d+, which belongs to the server with process ${holder.pid}\\. End that server, or give another directory with SLIPWAY_DATA_DIR\\.`))
    expect(await second.isReady()).toBe(false)
    expect(await holder.isReady()).toBe(true)
    expect(await ada.runs(holder, clusterId)).toBeDefined()
    holder.signal('SIGTERM')
    await holder.ended
    await eventually(second.isReady, (isReady) => isReady)
  })
})
