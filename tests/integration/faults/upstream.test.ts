import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { foldRun } from '@/lib/domain/progress/state'
import type { Context } from '@/lib/services/context'
import { getRun } from '@/lib/services/get-run'
import { openStream } from '@/lib/services/open-stream'
import { startMigration } from '@/lib/services/start-migration'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { repeats } from '@/tests/support/soak'
import { clusterId, emptyTables, startBench, type Bench } from '../live/support/bench'
import { readStream, seqs, upTo } from '../live/support/events'

let database: TestDatabase
let bench: Bench
let ctx: Context
let migrationId = ''

const long = { timeout: 30_000 }

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.remove())

beforeEach(async () => {
  await emptyTables(database)
  bench = await startBench({ connection: async () => database, flags: { speed: 20 } })
  ctx = await bench.contextFor()
  const answer = await startMigration({ ctx, input: { clusterId, request: await bench.request(6) } })
  migrationId = answer.migrationId as string
  await expect.poll(async () => (await record()).seq, long).toBeGreaterThan(6)
})
afterEach(() => bench.close())

const record = () => getRun({ ctx, input: { clusterId, migrationId } })
const fault = (effect: Parameters<Bench['admin']['fault']>[0]['effect'], times = 1_000) => bench.admin.fault({ method: 'GET', pathEndsWith: `/${migrationId}`, times, effect })
const readings = () => bench.upstream('GET', `/migration/${migrationId}`)
const row = async () => (await database.sql`select * from runs`)[0]
const freshness = async () => (await record()).freshness

const endsWhole = async () => {
  await bench.admin.clearFaults()
  await bench.admin.time({ speed: 600 })
  await expect.poll(async () => (await row())?.ended_at ?? null, { timeout: 60_000 }).not.toBeNull()
  const { changes } = await record()
  const state = foldRun(changes)
  const twin = (await bench.admin.runs())[migrationId]
  expect(state.facts?.status).toBe(twin?.status)
  expect(Object.fromEntries([...state.nodes].map(([name, { status }]) => [name, status]))).toEqual(twin?.nodes)
  expect(seqs(changes)).toEqual(upTo(changes.length))
  return state
}

describe('while a run is watched, an upstream', () => {
  test('that accepts and never answers is given up by deadline, told, and read again', async () => {
    await fault({ kind: 'hang-before' }, 3)
    await expect.poll(async () => (await freshness()).state, long).toBe('waiting')
    expect((await freshness()).problem?.code).toBe('upstream_unavailable')
    expect(foldRun((await record()).changes).nodes.size).toBe(6)
    await endsWhole()
  })

  test('that answers with 500 for long is asked ever more seldom', async () => {
    await fault({ kind: 'status', status: 500 })
    await expect.poll(async () => (await readings()).filter(({ status }) => status === 500).length, long).toBeGreaterThan(4)
    const at = (await readings()).filter(({ status }) => status === 500).map(({ atMs }) => atMs)
    const pauses = at.slice(1).map((ms, index) => ms - (at[index] ?? 0))
    expect(pauses.at(-1)).toBeGreaterThan((pauses[0] ?? 0) * 2)
    const state = await endsWhole()
    expect(state.anomalies).toEqual([])
  })

  test('that goes back in time is flagged and never believed', async () => {
    await bench.admin.time({ speed: 300 })
    await expect.poll(async () => [...foldRun((await record()).changes).nodes.values()].filter(({ status }) => status === 'REPLACED').length, long).toBeGreaterThan(1)
    await bench.admin.time({ speed: 1 })
    const before = foldRun((await record()).changes)
    await fault({ kind: 'earlier', ms: 1_000 })
    await expect.poll(async () => foldRun((await record()).changes).anomalies.length, long).toBeGreaterThan(0)
    const after = foldRun((await record()).changes)
    for (const [name, { status }] of before.nodes) if (status === 'REPLACED') expect(after.nodes.get(name)?.status, name).toBe('REPLACED')
    expect(after.anomalies[0]?.sentence).toMatch(/^Spot (went back|called)/)
    await endsWhole()
  })

  test('that uses a word of its own for the state of the run keeps it open and verbatim', async () => {
    await fault({ kind: 'field', path: 'status', value: 'REBALANCING' })
    await expect.poll(async () => (await record()).run.status, long).toBe('REBALANCING')
    expect((await freshness()).state).toBe('live')
    expect((await row())?.ended_at).toBeNull()
    await endsWhole()
  })

  test('that has deleted the run ends the record with what was seen, and the token goes', async () => {
    const stream = readStream(await openStream({ ctx, input: { clusterId, migrationId, resumeAfter: null } }))
    await fault({ kind: 'status', status: 404 })
    await stream.done
    expect(stream.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'final' } })
    const { changes, freshness: last } = await record()
    expect(last.state).toBe('ended')
    expect(foldRun(changes).anomalies.at(-1)?.sentence).toContain('no longer knows this run')
    expect(foldRun(changes).nodes.size).toBe(6)
    expect(await row()).toMatchObject({ sealed_token: null, status: 'DELETED' })
    expect(foldRun(changes).facts?.status, 'the page says so too').toBe('DELETED')
    const asked = (await readings()).length
    await bench.live.resume()
    expect((await readings()).length).toBe(asked)
    await expect.poll(async () => (await database.sql`select ended_at from launches`)[0]?.ended_at ?? null, long).not.toBeNull()
  })

  test('that does not know the run for a moment costs nothing', async () => {
    await fault({ kind: 'status', status: 404 }, 2)
    await expect.poll(async () => (await readings()).filter(({ status }) => status === 404).length, long).toBe(2)
    expect((await endsWhole()).anomalies).toEqual([])
  })
})

test('viewers who never read cost no more than their buffer, and those who do read miss nothing', async () => {
  const count = repeats(60, 2_000)
  const asleep = await Promise.all(
    Array.from({ length: count }, async (_, index) => openStream({ ctx: await bench.contextFor({ name: `P${index}`, sessionId: `s${index}` }), input: { clusterId, migrationId, resumeAfter: null } })),
  )
  const awake = readStream(await openStream({ ctx, input: { clusterId, migrationId, resumeAfter: null } }))
  const from = (await readings()).length
  await bench.admin.time({ speed: 600 })
  await awake.done
  expect(seqs(awake.changes())).toEqual(upTo((await record()).seq))
  // One watcher, however many look: a reading is told to the one who listens as freshness.
  expect((await readings()).length - from).toBeLessThanOrEqual(awake.named('freshness').length + 2)
  const late = readStream(asleep[0] as ReadableStream<Uint8Array>)
  await late.done
  expect(seqs(late.changes())).toEqual(seqs(awake.changes()))
  await Promise.all(asleep.slice(1).map((stream) => stream.cancel()))
  expect(bench.live.counts().streams).toBe(0)
})
