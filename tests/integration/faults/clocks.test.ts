import { afterAll, beforeAll, expect, test } from 'vitest'
import { getLaunch } from '@/lib/services/get-launch'
import { startMigration } from '@/lib/services/start-migration'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { clusterId, emptyTables, fastTimers, startBench } from '../live/support/bench'
import { startWatchedRun } from './support/watched-run'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.remove())

const hourMs = 3_600_000

test('a clock that jumps an hour forward in the middle of a run costs no change, no line and no order, and makes no gap', async () => {
  const timers = fastTimers(20)
  let jumpedMs = 0
  const run = await startWatchedRun(database, { timers: { ...timers, now: () => timers.now() + jumpedMs } })
  jumpedMs = hourMs
  const { gaps, anomalies, log } = await run.endsWhole()
  expect([gaps, anomalies]).toEqual([[], []])
  const { changes } = await run.record()
  expect(changes.filter(({ atMs }, index) => atMs < (changes[index - 1]?.atMs ?? 0))).toEqual([])
  // What Spot has logged of the run, by its own clock.
  const { data } = await run.ctx().spot.readLog(clusterId, { fromMs: Date.now() - hourMs, toMs: Date.now() + hourMs }, { fresh: true })
  const lines = data.map(({ message }) => message).filter((message) => message.includes(run.migrationId) || [...changes].some((change) => change.kind === 'node' && message.includes(change.body.nodeName)))
  expect(lines.length).toBeGreaterThan(8)
  expect(log.map(({ message }) => message).sort()).toEqual(lines.sort())
  await run.close()
})

test('a launch that is on its way is not looked for by a server whose clock is an hour fast', async () => {
  await emptyTables(database)
  const bench = await startBench({ connection: async () => database })
  await bench.admin.fault({ method: 'POST', pathEndsWith: '/migration', times: 1, effect: { kind: 'latency', ms: 1_500 } })
  const fast = await bench.startServer({ aheadMs: hourMs }).contextFor({ name: 'Bea', token: 'second-token' })
  const pending = startMigration({ ctx: await bench.contextFor(), input: { clusterId, request: await bench.request(2) } })
  await expect.poll(() => bench.upstream('POST', '/migration')).toHaveLength(1)
  const [row] = await database.sql<{ id: string }[]>`select id from launches`
  const lists = async () => (await bench.upstream('GET', '/migration')).length
  const before = await lists()
  const told = new Set<string>()
  for (let round = 0; round < 20; round += 1) told.add((await getLaunch({ ctx: fast, input: { clusterId, launchId: row?.id ?? '' } })).state)
  await fast.live.resume()
  expect([...told]).toEqual(['sent'])
  expect(await lists()).toBe(before)
  expect(await pending).toMatchObject({ state: 'acked' })
  await bench.close()
})
