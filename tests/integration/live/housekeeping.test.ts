import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { draftKeptDays } from '@/lib/contract/draft'
import { findDraft, insertDraft } from '@/lib/db/queries/drafts'
import { ensureRun, findRunById } from '@/lib/db/queries/runs'
import { insertSession } from '@/lib/db/queries/sessions'
import { createHousekeeping } from '@/lib/live/housekeeping'
import type { Timers } from '@/lib/live/timers'
import { aDraft, aRun, after, noon } from '@/tests/factories/rows'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { emptyTables } from './support/bench'

const [minuteMs, dayMs] = [60_000, 24 * 3_600_000]
const quiet = { info: () => {}, warn: () => {} }
let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.remove())
beforeEach(() => emptyTables(database))

/** A clock that stands until it is moved; what falls due on the way happens. */
const standingClock = () => {
  let nowMs = noon.getTime()
  const planned = new Set<{ atMs: number; act: () => void }>()
  const timers: Timers = {
    now: () => nowMs,
    elapsedMs: () => nowMs,
    after: (ms, act) => {
      const one = { atMs: nowMs + ms, act }
      planned.add(one)
      return () => planned.delete(one)
    },
  }
  const pass = async (ms: number) => {
    const untilMs = nowMs + ms
    for (;;) {
      const [next] = [...planned].sort((a, b) => a.atMs - b.atMs).filter(({ atMs }) => atMs <= untilMs)
      if (next === undefined) break
      planned.delete(next)
      nowMs = next.atMs
      next.act()
      // The round plans the next one when it is through.
      await expect.poll(() => planned.size, { interval: 2 }).toBe(1)
    }
    nowMs = untilMs
  }
  return { timers, pass, planned }
}

const keep = (retentionDays: number | null, connection = async () => database.db) => {
  const clock = standingClock()
  const housekeeping = createHousekeeping({ database: connection, retentionDays, sessionIdleMs: 30 * minuteMs, timers: clock.timers, log: quiet })
  housekeeping.start()
  return { ...clock, housekeeping }
}
const overAt = (id: number, at: Date) => database.sql`update runs set ended_at = ${at.toISOString()}, sealed_token = 'v1.key.left' where id = ${id}`

test('a session that is over keeps its token no longer than an hour, though nobody signs in', async () => {
  const session = (id: string, seenAt: Date, expiresAt: Date) => ({ id, accountId: 'act-1', accountName: null, organizationId: null, displayName: 'Ada', sealedToken: 'v1.key.left', createdAt: noon, lastSeenAt: seenAt, expiresAt })
  await database.sql`delete from sessions`
  await insertSession(database.db, session('idle', noon, after(dayMs)))
  await insertSession(database.db, session('old', after(20 * minuteMs), after(20 * minuteMs)))
  await insertSession(database.db, session('in use', after(20 * minuteMs), after(dayMs)))
  const { pass } = keep(null)
  await pass(46 * minuteMs)
  expect(await database.sql`select id from sessions`).toEqual([{ id: 'in use' }])
})

test('a copy of a token that outlived its run is gone within an hour of the end', async () => {
  const run = await ensureRun(database.db, aRun())
  const { pass } = keep(null)
  await overAt(run.id, after(5 * minuteMs))
  await pass(5 * minuteMs)
  expect((await findRunById(database.db, run.id))?.sealedToken).toBe('v1.key.left')
  await pass(60 * minuteMs)
  expect(await findRunById(database.db, run.id)).toMatchObject({ sealedToken: null })
})

test('a run that is on keeps its copy for as long as it is read', async () => {
  const run = await ensureRun(database.db, aRun())
  const { pass } = keep(null)
  for (let hours = 0; hours < 48; hours += 12) {
    await database.sql`update runs set last_polled_at = ${after(hours * 60 * minuteMs).toISOString()}`
    await pass(12 * 60 * minuteMs)
  }
  expect((await findRunById(database.db, run.id))?.sealedToken).not.toBeNull()
})

test('runs go when they are older than the installation keeps them, and stay for ever where it keeps all', async () => {
  const run = await ensureRun(database.db, aRun())
  await overAt(run.id, noon)
  const forEver = keep(null)
  await forEver.pass(2 * dayMs)
  expect(await findRunById(database.db, run.id)).not.toBeNull()
  const { pass } = keep(2)
  await pass(2 * dayMs - minuteMs)
  expect(await findRunById(database.db, run.id)).not.toBeNull()
  await pass(30 * minuteMs)
  expect(await findRunById(database.db, run.id)).toBeNull()
})

test('a plan that nobody has changed for thirty days goes, though nobody makes another in its cluster', async () => {
  const [old, young] = [aDraft({ updatedAt: after(-draftKeptDays * dayMs) }), aDraft({ updatedAt: after(-29 * dayMs) })]
  for (const draft of [old, young]) await insertDraft(database.db, draft)
  await keep(null).pass(30 * minuteMs)
  expect([await findDraft(database.db, old), await findDraft(database.db, young)]).toMatchObject([null, { id: young.id }])
})

test('a database that is away is asked again, and nothing is asked after the end', async () => {
  const run = await ensureRun(database.db, aRun())
  await overAt(run.id, noon)
  let isAway = true
  const { pass, housekeeping, planned } = keep(1, () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(database.db)))
  await pass(2 * dayMs)
  expect(await findRunById(database.db, run.id)).not.toBeNull()
  isAway = false
  await pass(20 * minuteMs)
  expect(await findRunById(database.db, run.id)).toBeNull()
  housekeeping.stop()
  expect(planned.size).toBe(0)
})
