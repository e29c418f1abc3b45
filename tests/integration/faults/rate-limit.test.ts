import { afterAll, beforeAll, expect, test } from 'vitest'
import { listNodes } from '@/lib/services/list-nodes'
import { readLog } from '@/lib/services/read-log'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { clusterId } from '../live/support/bench'
import { long, startWatchedRun } from './support/watched-run'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.remove())

const blockSeconds = 1
const blocks = 4
/** Timers and stamps round to a millisecond each. */
const roundingMs = 10

test('a storm of 429 over the run, its log and the nodes lets nothing through inside any block, and costs the record nothing', async () => {
  const run = await startWatchedRun(database)
  const { bench, migrationId } = run
  const routes = [`/migration/${migrationId}`, `/cluster/${clusterId}/log`, `/cluster/${clusterId}/nodes`]
  const asked = async (pathEndsWith: string) => (await bench.upstream('GET', pathEndsWith)).map(({ atMs, status }) => ({ atMs, status }))
  const refused = async (route: string) => (await asked(route)).filter(({ status }) => status === 429).length
  await bench.admin.clearJournal()
  for (const pathEndsWith of routes) await bench.admin.fault({ method: 'GET', pathEndsWith, times: blocks, effect: { kind: 'rate-limit', resetSeconds: blockSeconds } })

  // People who press again and again, beside the readings of the run.
  const ctx = await bench.contextFor()
  const ask = () => Promise.allSettled([listNodes({ ctx, input: { clusterId } }), readLog({ ctx, input: { clusterId, query: { fromMs: bench.timers.now() - 60_000, toMs: bench.timers.now(), severity: 'ALL' } } }), run.record()])
  await expect
    .poll(async () => {
      await ask()
      return Promise.all(routes.map(refused))
    }, { ...long, interval: 20 })
    .toEqual(routes.map(() => blocks))

  for (const route of routes) {
    const all = await asked(route)
    const insideABlock = all.filter(({ atMs }) => all.some((other) => other.status === 429 && other.atMs < atMs && atMs < other.atMs + blockSeconds * 1_000 - roundingMs))
    expect(insideABlock, route).toEqual([])
  }
  await expect.poll(async () => (await run.freshness()).state, long).toBe('live')
  expect((await run.endsWhole()).anomalies).toEqual([])
  await run.close()
})

test('what is left of the budget sets the pace of the readings', async () => {
  const limit = 60
  const run = await startWatchedRun(database, { flags: { rateLimit: limit, speed: 1 } })
  const { spot } = run.ctx()
  const planned = async () => {
    const { state, lastPolledAtMs, nextPollAtMs } = await run.freshness()
    return state === 'live' ? (nextPollAtMs ?? 0) - (lastPolledAtMs ?? 0) : 0
  }
  const calmMs = 2 * 2_000
  expect(await planned()).toBeLessThanOrEqual(calmMs)
  // Others of the organisation use the budget up, all but a tenth of it.
  while (spot.pace('getMigration') < 5) await spot.getMigration(clusterId, run.migrationId, { fresh: true })
  await expect.poll(planned, long).toBeGreaterThan(2 * calmMs)
  await run.close()
})
