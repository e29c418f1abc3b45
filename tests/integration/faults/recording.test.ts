import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { foldRun } from '@/lib/domain/progress/state'
import { getRun } from '@/lib/services/get-run'
import { setRecording } from '@/lib/services/recording-consent'
import { stopMigration } from '@/lib/services/stop-migration'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { clusterId } from '../live/support/bench'
import { long, seenOf, startWatchedRun, type WatchedRun } from './support/watched-run'

let database: TestDatabase
let whole: TestDatabase
let run: WatchedRun

beforeAll(async () => {
  database = await openTestDatabase()
  whole = await openTestDatabase()
})
afterAll(() => Promise.all([database.remove(), whole.remove()]))
beforeEach(async () => {
  run = await startWatchedRun(database, { nodes: 8 })
})
afterEach(() => run.close())

const storedSeqs = async () => (await database.sql`select seq from run_changes order by seq`).map(({ seq }) => Number(seq))

describe('a run is recorded', () => {
  test('on by the next server when one is killed, with the gap shown and nothing double', async () => {
    await run.bench.crash()
    const before = (await storedSeqs()).length
    // What nobody sees: longer than five readings of two seconds.
    const diedAt = run.bench.timers.now()
    await expect.poll(() => run.bench.timers.now() - diedAt, long).toBeGreaterThan(20_000)
    const next = run.bench.startServer()
    await next.live.resume()
    await run.moveTo(next)
    const state = await run.endsWhole()
    expect(state.seq).toBeGreaterThan(before)
    expect(state.gaps).toHaveLength(1)
    expect(state.gaps[0]?.reason).toContain('not running')
  })

  test('on by a server that stood still, with the gap shown and no time called exact that lies in it', async () => {
    const { bench } = run
    await bench.admin.time({ speed: 300 })
    bench.freeze()
    const frozeAt = bench.timers.now()
    await expect.poll(() => bench.timers.now() - frozeAt, long).toBeGreaterThan(30_000)
    bench.thaw()
    await expect.poll(async () => (await run.state()).gaps.length, long).toBe(1)
    const state = await run.endsWhole()
    expect(state.gaps).toMatchObject([{ reason: expect.stringContaining('stood still') }])
    const [{ untilMs, fromMs } = { untilMs: 0, fromMs: 0 }] = state.gaps
    const inGap = [...state.nodes.values()].filter(({ startedAtMs, endedAtMs }) => startedAtMs === untilMs || endedAtMs === untilMs)
    expect(inGap.length).toBeGreaterThan(0)
    for (const { startedAtMs, startedAfterMs, endedAfterMs } of inGap) expect(startedAtMs === untilMs ? startedAfterMs : endedAfterMs).toBe(fromMs)
  })

  test('with the time of its last reading, whatever else is noted while Spot cannot be read', async () => {
    await run.fault({ kind: 'status', status: 500 })
    await expect.poll(async () => (await run.freshness()).state, long).toBe('waiting')
    const { lastPolledAtMs } = await run.freshness()
    await stopMigration({ ctx: run.ctx(), input: { clusterId, migrationId: run.migrationId } })
    await expect.poll(async () => (await run.state()).stopAsked?.askedBy, long).toBe('Ada')
    expect(new Date((await run.row())?.last_polled_at).getTime()).toBeLessThanOrEqual(lastPolledAtMs ?? 0)
  })

  test('on while the log hangs, which is asked for once at a time', async () => {
    const hanging = async () => (await run.bench.upstream('GET', '/log')).length
    const before = await hanging()
    await run.bench.admin.fault({ method: 'GET', pathEndsWith: '/log', times: 1_000, effect: { kind: 'hang-before' } })
    await expect.poll(hanging, long).toBe(before + 1)
    const atHang = (await run.readings()).length
    // Within the time after which the client gives the log up, and beyond the reading with which it would be asked for again.
    await expect.poll(async () => (await run.readings()).length, { timeout: 3_500 }).toBeGreaterThan(atHang + 6)
    expect(await hanging()).toBe(before + 1)
    await run.endsWhole()
  })

  test('through an absence of the database as if nothing had been: what was seen is written when it is back', async () => {
    const other = await run.undisturbed(whole)
    await database.sql`alter table run_changes rename to run_changes_away`
    const atLoss = (await run.readings()).length
    await expect.poll(async () => (await run.readings()).length, long).toBeGreaterThan(atLoss + 20)
    await database.sql`alter table run_changes_away rename to run_changes`
    const [ours, theirs] = [await run.endsWhole(), await other.state()]
    expect(seenOf(ours, theirs)).toEqual(seenOf(theirs, ours))
    // A machine that is busy for half a second has stood still at twenty times the pace: that is another absence.
    expect(ours.gaps.filter(({ reason }) => !reason.includes('stood still'))).toEqual([])
  })
})

describe('a token that is refused in mid-run', () => {
  test('leaves the run unwatched until someone who is signed in agrees to keep theirs', async () => {
    const { bench, migrationId, row } = run
    await bench.admin.token({ token: 'demo-token', isRevoked: true })
    await expect.poll(async () => (await row())?.sealed_token, long).toBeNull()
    await expect.poll(() => bench.live.counts().watchers).toBe(0)
    const before = (await run.readings()).length
    const other = await bench.contextFor({ name: 'Bea', token: 'second-token' })
    expect((await row())?.ended_at).toBeNull()
    await bench.admin.time({ speed: 600 })
    await getRun({ ctx: other, input: { clusterId, migrationId } })
    expect((await row())?.sealed_token, 'nobody has agreed to anything by looking').toBeNull()
    await setRecording({ ctx: other, input: { clusterId, migrationId, isKept: true } })
    expect(bench.live.counts().watchers).toBe(1)
    expect((await row())?.sealed_token ?? 'removed with the end').toMatch(/^v1\.|^removed/)
    await run.ended()
    const { changes } = await getRun({ ctx: other, input: { clusterId, migrationId } })
    const twin = (await bench.admin.runs())[migrationId]
    expect(Object.fromEntries([...foldRun(changes).nodes].map(([name, { status }]) => [name, status]))).toEqual(twin?.nodes)
    expect((await run.readings()).length).toBeGreaterThan(before)
  })
})
