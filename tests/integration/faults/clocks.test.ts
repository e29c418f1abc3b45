import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { clusterId, fastTimers } from '../live/support/bench'
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
