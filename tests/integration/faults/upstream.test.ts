import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { long, startWatchedRun, type WatchedRun } from './support/watched-run'

let database: TestDatabase
let run: WatchedRun

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.remove())
beforeEach(async () => {
  run = await startWatchedRun(database, { headersMs: 500 })
})
afterEach(() => run.close())

describe('while a run is watched, an upstream', () => {
  test('that accepts and never answers is given up by deadline, told, and read again', async () => {
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

  test('that has deleted the run ends the record with what was seen, and the token goes', async () => {
    const stream = await run.stream()
    await run.fault({ kind: 'status', status: 404 })
    await stream.done
    expect(stream.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'final' } })
    expect((await run.freshness()).state).toBe('ended')
    const state = await run.state()
    expect(state.anomalies.at(-1)?.sentence).toContain('no longer knows this run')
    expect(state.nodes.size).toBe(6)
    expect(await run.row()).toMatchObject({ sealed_token: null, status: 'DELETED' })
    expect(state.facts?.status, 'the page says so too').toBe('DELETED')
    const asked = (await run.readings()).length
    await run.bench.live.resume()
    expect((await run.readings()).length).toBe(asked)
    await expect.poll(async () => (await database.sql`select ended_at from launches`)[0]?.ended_at ?? null, long).not.toBeNull()
  })

  test('that does not know the run for a moment costs nothing', async () => {
    await run.fault({ kind: 'status', status: 404 }, 2)
    await expect.poll(async () => (await run.readings()).filter(({ status }) => status === 404).length, long).toBe(2)
    expect((await run.endsWhole()).anomalies).toEqual([])
  })
})
