import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isRunOver } from '@/lib/domain/progress/state'
import { isFinalRun } from '@/lib/domain/run-rules'
import { getCluster } from '@/lib/services/get-cluster'
import { listRuns } from '@/lib/services/list-runs'
import { setRecording } from '@/lib/services/recording-consent'
import { stopMigration } from '@/lib/services/stop-migration'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { clusterId, fastTimers } from '../live/support/bench'
import { long, startWatchedRun, type WatchedRun } from './support/watched-run'

let database: TestDatabase
let run: WatchedRun
let timers: ReturnType<typeof fastTimers>

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.remove())
beforeEach(async () => {
  timers = fastTimers(20)
  run = await startWatchedRun(database, { timers })
})
afterEach(() => run.close())

/** Asked for the run, Spot does not know it, and its list is without it. */
const forget = async () => {
  await run.bench.admin.fault({ method: 'GET', pathEndsWith: '/migration', times: 1_000, effect: { kind: 'field', path: 'id', value: 'scr-0000none' } })
  await run.fault({ kind: 'status', status: 404 })
}
/** The same, until it is believed. */
const endAsGone = async () => {
  await forget()
  timers.pace(100)
  await run.ended()
  timers.pace(20)
}
const lists = () => run.bench.upstream('GET', '/migration')
const place = () => ({ ctx: run.ctx(), input: { clusterId, migrationId: run.migrationId } })
const listed = async (ctx = run.ctx(), isRefresh = true) => (await listRuns({ ctx, input: { clusterId, isRefresh } })).runs.find(({ migrationId }) => migrationId === run.migrationId)

describe('while a run is watched, an upstream', () => {
  test('that accepts and never answers is given up by deadline, told, and read again', async () => {
    await run.close()
    run = await startWatchedRun(database, { headersMs: 500, timers })
    await run.fault({ kind: 'hang-before' }, 3)
    await expect.poll(async () => (await run.freshness()).state, long).toBe('waiting')
    expect((await run.freshness()).problem?.code).toBe('upstream_unavailable')
    expect((await run.state()).nodes.size).toBe(6)
    await run.endsWhole()
  })

  test('that answers with 500 for long is asked ever more seldom', async () => {
    await run.fault({ kind: 'status', status: 500 })
    await expect.poll(async () => (await run.readings()).filter(({ status }) => status === 500).length, long).toBeGreaterThan(4)
    const at = (await run.readings()).filter(({ status }) => status === 500).map(({ atMs }) => atMs)
    const pauses = at.slice(1).map((ms, index) => ms - (at[index] ?? 0))
    expect(pauses.at(-1)).toBeGreaterThan((pauses[0] ?? 0) * 2)
    const state = await run.endsWhole()
    expect(state.anomalies).toEqual([])
  })

  test.each([
    ['500s', { kind: 'status', status: 500 }],
    ['half answers', { kind: 'cut', afterBytes: 300 }],
    ['pages instead of JSON', { kind: 'garbage', body: 'html' }],
    ['answers that come a few bytes a second', { kind: 'slow', bytesPerSecond: 50 }],
  ] as const)('that sends %s costs no node and is told with its reason', async (_, effect) => {
    await run.fault(effect, 3)
    await expect.poll(async () => (await run.freshness()).state, long).toBe('waiting')
    expect((await run.state()).nodes.size).toBe(6)
    await expect.poll(async () => (await run.freshness()).state, long).toBe('live')
    expect((await run.endsWhole()).anomalies).toEqual([])
  })

  test('that goes back in time is flagged and never believed', async () => {
    await run.bench.admin.time({ speed: 300 })
    await expect.poll(async () => [...(await run.state()).nodes.values()].filter(({ status }) => status === 'REPLACED').length, long).toBeGreaterThan(1)
    await run.bench.admin.time({ speed: 1 })
    const before = await run.state()
    await run.fault({ kind: 'earlier', ms: 1_000 })
    await expect.poll(async () => (await run.state()).anomalies.length, long).toBeGreaterThan(0)
    const after = await run.state()
    for (const [name, { status }] of before.nodes) if (status === 'REPLACED') expect(after.nodes.get(name)?.status, name).toBe('REPLACED')
    expect(after.anomalies[0]?.sentence).toMatch(/^Spot (went back|called)/)
    await run.endsWhole()
  })

  test('that uses a word of its own for the state of the run keeps it open and verbatim', async () => {
    await run.fault({ kind: 'field', path: 'status', value: 'REBALANCING' })
    await expect.poll(async () => (await run.record()).run.status, long).toBe('REBALANCING')
    expect((await run.freshness()).state).toBe('live')
    expect((await run.row())?.ended_at).toBeNull()
    await run.endsWhole()
  })

  test('that ends the run in a word of its own ends the record in that word, and the token goes', async () => {
    await run.fault({ kind: 'field', path: 'status', value: 'CANCELLED' })
    await run.bench.admin.time({ speed: 600 })
    await run.ended()
    expect(await run.row()).toMatchObject({ status: 'CANCELLED', sealed_token: null })
    await expect.poll(async () => (await run.freshness()).state, long).toBe('ended')
    const state = await run.state()
    expect(isRunOver(state)).toBe(true)
    expect(state.landing.looks.at(-1)?.isLast).toBe(true)
    await expect(stopMigration(place())).rejects.toMatchObject({ code: 'not_stoppable', message: expect.stringContaining('Spot calls it CANCELLED') })
  })

  test('that has deleted the run ends the record with what was seen, and the token goes', async () => {
    const stream = await run.stream()
    await run.bench.admin.clearJournal()
    await endAsGone()
    await stream.done
    expect(await lists(), 'a list without the run is not believed before another').toHaveLength(2)
    expect(stream.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'final' } })
    expect((await run.freshness()).state).toBe('ended')
    const state = await run.state()
    expect(state.anomalies.at(-1)?.sentence).toContain('no longer knows this run')
    expect(state.nodes.size).toBe(6)
    expect(await run.row()).toMatchObject({ sealed_token: null, status: 'DELETED' })
    expect(state.facts?.status, 'the page says so too').toBe('DELETED')
    expect((await run.record()).run.endedAtMs, 'when it was missed is not when it ended').toBeNull()
    const asked = (await run.readings()).length
    await run.bench.live.resume()
    expect((await run.readings()).length).toBe(asked)
    await expect.poll(async () => (await database.sql`select ended_at from launches`)[0]?.ended_at ?? null, long).not.toBeNull()
  })

  test('that has deleted the cluster with the run ends the record as well', async () => {
    await run.bench.admin.fault({ method: 'GET', pathContains: `/${clusterId}`, times: 1_000, effect: { kind: 'status', status: 404 } })
    timers.pace(100)
    await run.ended()
    expect(await run.row()).toMatchObject({ sealed_token: null, status: 'DELETED' })
  })

  test('that knows no run at all for a minute, in its list either, costs nothing', async () => {
    await run.bench.admin.clearJournal()
    await forget()
    timers.pace(100)
    await expect.poll(async () => (await lists()).length, long).toBe(1)
    timers.pace(20)
    expect(await run.row()).toMatchObject({ ended_at: null, sealed_token: expect.any(String) })
    expect((await run.endsWhole()).anomalies).toEqual([])
  })

  test('that does not know the run for a moment costs nothing', async () => {
    await run.fault({ kind: 'status', status: 404 }, 2)
    await expect.poll(async () => (await run.readings()).filter(({ status }) => status === 404).length, long).toBe(2)
    expect((await run.endsWhole()).anomalies).toEqual([])
  })

  test('that does not know the run is asked on while its list cannot be read or has it as on, which is told once', async () => {
    await run.bench.admin.fault({ method: 'GET', pathEndsWith: '/migration', times: 1, effect: { kind: 'status', status: 500 } })
    await run.fault({ kind: 'status', status: 404 })
    await expect.poll(async () => (await run.state()).anomalies.map(({ sentence }) => sentence), long).toEqual([expect.stringContaining('its list of migrations has it as on')])
    expect((await run.bench.upstream('GET', '/migration')).filter(({ status }) => status === 500)).toHaveLength(1)
    expect((await run.freshness()).state).toBe('waiting')
    expect((await run.row())?.ended_at).toBeNull()
    expect((await run.endsWhole()).anomalies).toHaveLength(1)
  })
})

describe('a run whose end was none', () => {
  test('because Spot had forgotten it is taken up again at the next reading of the list, and its cluster shows it', async () => {
    const { bench } = run
    await endAsGone()
    await bench.admin.clearFaults()
    const before = await run.record()
    // Whose token has not read the list without it.
    const bea = await bench.contextFor({ name: 'Bea', token: 'second-token' })
    expect(await listed(bea)).toMatchObject({ status: 'IN_PROGRESS', endedAtMs: null })
    expect((await getCluster({ ctx: bea, input: { clusterId } })).cluster.runningMigration?.migrationId).toBe(run.migrationId)
    const after = await run.record()
    expect(after.changes.slice(0, before.seq), 'what was recorded stays').toEqual(before.changes)
    expect(await run.row(), 'the copy went with the end, and nobody has agreed to another').toMatchObject({ is_kept: false, sealed_token: null })
    await listed(bea)
    const again = (await run.state()).anomalies.filter(({ sentence }) => sentence.includes('now says that it is on'))
    expect(again, 'told once').toHaveLength(1)
    const stream = await run.stream()
    await run.endsWhole()
    await stream.done
  })

  test('because Spot took a final word back can be stopped', async () => {
    const { bench } = run
    await run.fault({ kind: 'field', path: 'status', value: 'COMPLETED' }, 1)
    await run.ended()
    const bea = await bench.contextFor({ name: 'Bea', token: 'second-token' })
    await stopMigration({ ...place(), ctx: bea })
    await expect.poll(async () => (await run.state()).stopAsked?.askedBy, long).toBe('Bea')
    const stream = await run.stream()
    await run.endsWhole()
    await stream.done
    expect((await run.state()).facts?.status).toBe('STOPPED')
    await expect(stopMigration(place())).rejects.toMatchObject({ code: 'not_stoppable' })
  })

  test('is not taken up by a list from before its end', async () => {
    await listed()
    await run.bench.admin.time({ speed: 600 })
    await run.ended()
    await run.bench.admin.clearJournal()
    for (let time = 0; time < 3; time += 1) expect(isFinalRun((await listed(run.ctx(), false))?.status ?? '')).toBe(true)
    expect(await run.readings(), 'the old line is asked about once').toHaveLength(1)
    expect((await run.state()).anomalies).toEqual([])
  })

  test('by a list alone ends no record: whoever reads that list has the run asked for', async () => {
    const { bench } = run
    await bench.admin.fault({ method: 'GET', pathEndsWith: '/migration', times: 1, effect: { kind: 'field', path: 'status', value: 'COMPLETED' } })
    expect(await listed(), 'a record that is being kept goes before a list').toMatchObject({ status: 'IN_PROGRESS' })
    await setRecording({ ...place(), input: { ...place().input, isKept: false } })
    await expect.poll(() => bench.live.counts().watchers, long).toBe(0)
    await bench.admin.clearJournal()
    for (let time = 0; time < 3; time += 1) expect(await listed(run.ctx(), false)).toMatchObject({ status: 'IN_PROGRESS', endedAtMs: null })
    expect((await getCluster({ ctx: run.ctx(), input: { clusterId } })).cluster.runningMigration?.migrationId).toBe(run.migrationId)
    expect(await lists(), 'the list is that from before').toEqual([])
    expect(await run.readings(), 'each of its lines was asked about once').toEqual([])
    expect(await run.row()).toMatchObject({ ended_at: null, status: 'IN_PROGRESS' })
  })
})
