import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { foldRun } from '@/lib/domain/progress/state'
import type { Context } from '@/lib/services/context'
import { getRun } from '@/lib/services/get-run'
import { openStream } from '@/lib/services/open-stream'
import { getRecording, setRecording } from '@/lib/services/recording-consent'
import { signOut } from '@/lib/services/sign-out'
import { startMigration } from '@/lib/services/start-migration'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { clusterId, emptyTables, startBench, type Bench } from './support/bench'
import { readStream, seqs, upTo } from './support/events'

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
  bench = await startBench({ connection: async () => database, flags: { speed: 60 } })
  ctx = await bench.contextFor()
  const answer = await startMigration({ ctx, input: { clusterId, request: await bench.request(8) } })
  migrationId = answer.migrationId as string
})
afterEach(() => bench.close())

const place = () => ({ clusterId, migrationId })
const open = async (as = ctx) => readStream(await openStream({ ctx: as, input: { ...place(), resumeAfter: null } }))
const record = (as = ctx) => getRun({ ctx: as, input: place() })
const row = async () => (await database.sql`select * from runs`)[0]
const set = (isKept: boolean, as = ctx) => setRecording({ ctx: as, input: { ...place(), isKept } })
const watchers = () => bench.live.counts().watchers
const bea = () => bench.contextFor({ name: 'Bea', token: 'second-token' })

describe('a copy of the token', () => {
  test('is kept for a run that was started here, and the one who started it sees so', async () => {
    expect(await getRecording({ ctx, input: place() })).toEqual({ isKept: true, hasCopy: true, isOwn: true })
    expect(await getRecording({ ctx: await bea(), input: place() })).toMatchObject({ hasCopy: true, isOwn: false })
  })

  test('can be refused: then the run is recorded while someone looks, and the rest is a gap', async () => {
    expect(await set(false)).toEqual({ isKept: false, hasCopy: false, isOwn: false })
    expect((await row())?.sealed_token).toBeNull()
    await expect.poll(watchers).toBe(0)
    expect((await record()).freshness).toMatchObject({ state: 'unwatched', problem: { code: 'recording_refused' } })
    const first = await open()
    await expect.poll(watchers, long).toBe(1)
    await first.cancel()
    await expect.poll(watchers, long).toBe(0)
    const leftAt = bench.timers.now()
    await expect.poll(() => bench.timers.now() - leftAt, long).toBeGreaterThan(20_000)
    const again = await open()
    await bench.admin.time({ speed: 600 })
    await again.done
    const { changes } = await record()
    expect(seqs(changes)).toEqual(upTo(changes.length))
    // On a busy machine the time before the first page counts as one too.
    const away = foldRun(changes).gaps.filter(({ fromMs, untilMs }) => untilMs - fromMs > 20_000)
    expect(away).toMatchObject([{ reason: expect.stringContaining('Nobody had this run open') }])
    expect((await row())?.sealed_token).toBeNull()
  })

  test('that is taken back leaves the moment of the last reading, from which a gap would be counted', async () => {
    await bench.admin.time({ speed: 0.1 })
    const noted = async () => new Date((await row())?.last_polled_at).getTime()
    const lastRead = async () => (await record()).freshness.lastPolledAtMs ?? 0
    await expect.poll(async () => (await lastRead()) - (await noted()), long).toBeGreaterThan(3_000)
    const before = await lastRead()
    await set(false)
    await expect.poll(watchers).toBe(0)
    await expect.poll(noted).toBeGreaterThanOrEqual(before)
  })

  test('refused while the run is open costs no reading', async () => {
    const stream = await open()
    await set(false)
    await expect.poll(watchers, long).toBe(1)
    await bench.admin.time({ speed: 600 })
    await stream.done
    expect(foldRun((await record()).changes).gaps).toEqual([])
    expect((await row())?.sealed_token).toBeNull()
  })

  test('can be lent by a viewer who agrees, and the run goes on when nobody looks', async () => {
    await set(false)
    expect(await set(true, await bea())).toEqual({ isKept: true, hasCopy: true, isOwn: true })
    expect(watchers()).toBe(1)
    await bench.admin.time({ speed: 600 })
    await expect.poll(async () => (await row())?.ended_at ?? null, long).not.toBeNull()
    expect((await row())?.sealed_token).toBeNull()
  })

  test('of another person cannot be taken away', async () => {
    await expect(set(false, await bea())).rejects.toMatchObject({ code: 'token_not_permitted' })
    expect(await getRecording({ ctx, input: place() })).toMatchObject({ isOwn: true })
  })

  test('that is taken back at sign-out is not put back by the pages that were open', async () => {
    await open()
    await signOut({ ctx, input: { isWithdrawing: true } })
    await bench.live.resume()
    expect((await row())?.sealed_token).toBeNull()
    expect(watchers()).toBe(0)
  })

  test('that is taken back is not lent by the pages its owner has open, before their session ends', async () => {
    await open()
    const { id } = (await row()) ?? {}
    await bench.live.withdraw(Number(id), ctx.token)
    await expect.poll(watchers).toBe(0)
    const readings = (await bench.upstream('GET', `/migration/${migrationId}`)).length
    await bench.live.resume()
    expect(watchers()).toBe(0)
    expect((await bench.upstream('GET', `/migration/${migrationId}`)).length).toBe(readings)
    // Somebody else who looks goes on with the record.
    await open(await bea())
    await expect.poll(watchers, long).toBe(1)
  })

  test('that was taken back at sign-out is lent by the pages its owner opens after signing in anew', async () => {
    await open()
    const colleague = await bea()
    const theirs = await open(colleague)
    await signOut({ ctx, input: { isWithdrawing: true } })
    await bench.live.resume()
    await expect.poll(watchers, long).toBe(1)
    await open(await bench.contextFor({ sessionId: 'session-anew' }))
    await colleague.endSession()
    await theirs.done
    await expect.poll(watchers, long).toBe(1)
  })
})

describe('a copy that is taken back', () => {
  test('on another server that could not tell it is used no more once the lease is renewed', async () => {
    await setRecording({ ctx: await bench.startServer().contextFor(), input: { ...place(), isKept: false } })
    expect(watchers()).toBe(1)
    await expect.poll(watchers, long).toBe(0)
    expect((await record()).freshness).toMatchObject({ state: 'unwatched', problem: { code: 'recording_refused' } })
  })

  test.each([2, 3, 4, 5])('while a server takes the run up is not used by it, at whichever step (%i)', async (step) => {
    await bench.crash()
    await database.sql`update runs set lease_until = null, lease_holder = null`
    const { id } = (await row()) ?? {}
    let steps = 0
    const next = bench.startServer({
      connection: async () => {
        steps += 1
        if (steps === step) await next.live.withdraw(Number(id), ctx.token)
        return database
      },
    })
    await next.live.resume()
    expect(steps).toBeGreaterThanOrEqual(step)
    await expect.poll(async () => [(await row())?.sealed_token, next.live.counts().watchers]).toEqual([null, 0])
  })
})

describe('a run that is read with what a viewer lends', () => {
  test('goes on with the token of another who looks once its owner has signed out', async () => {
    await set(false)
    await expect.poll(watchers, long).toBe(0)
    const mine = await open()
    await expect.poll(watchers, long).toBe(1)
    const theirs = await open(await bea())
    await ctx.endSession()
    await mine.done
    await bench.admin.token({ token: 'demo-token', isRevoked: true })
    await expect.poll(async () => (await bench.upstream('GET', `/migration/${migrationId}`)).at(-1)?.status, long).toBe(200)
    await bench.admin.time({ speed: 600 })
    await theirs.done
    expect((await bench.upstream('GET', `/migration/${migrationId}`)).filter(({ status }) => status === 401)).toEqual([])
    expect(foldRun((await getRun({ ctx: await bea(), input: place() })).changes).gaps).toEqual([])
  })
})

describe('a launch whose starter refuses', () => {
  const refused = async () => {
    await bench.admin.time({ speed: 600 })
    await expect.poll(async () => (await row())?.ended_at ?? null, long).not.toBeNull()
    await bench.admin.time({ speed: 20 })
    await emptyTables(database)
    const answer = await startMigration({ ctx, input: { clusterId, request: await bench.request(6, { isRecordingKept: false }) } })
    migrationId = answer.migrationId as string
  }

  test('keeps no copy; the run is read until its page would be open, and then rests', async () => {
    await refused()
    expect(await row()).toMatchObject({ is_kept: false, sealed_token: null })
    expect((await database.sql`select sealed_token from launches`)[0]?.sealed_token).toBeNull()
    expect(watchers()).toBe(1)
    await expect.poll(watchers, long).toBe(0)
    expect((await record()).freshness).toMatchObject({ state: 'unwatched', problem: { code: 'recording_refused' } })
    expect(await getRecording({ ctx, input: place() })).toEqual({ isKept: false, hasCopy: false, isOwn: false })
  })

  test('is recorded without a gap when its page opens in time', async () => {
    await refused()
    const stream = await open()
    await bench.admin.time({ speed: 600 })
    await stream.done
    expect(foldRun((await record()).changes).gaps).toEqual([])
    expect((await row())?.sealed_token).toBeNull()
  })
})

describe('a token that stops working', () => {
  test('is replaced at once by that of someone who has the run open', async () => {
    const stream = await open(await bea())
    await bench.admin.token({ token: 'demo-token', isRevoked: true })
    await expect.poll(() => stream.named('freshness').some(({ state }) => state === 'unwatched'), long).toBe(true)
    await expect.poll(watchers, long).toBe(1)
    await bench.admin.time({ speed: 600 })
    await stream.done
    expect(stream.events.at(-1)).toMatchObject({ data: { reason: 'final' } })
  })

  test('is not tried again for its own viewer, and the run goes on once it works again and someone comes', async () => {
    const stream = await open()
    await bench.admin.token({ token: 'demo-token', isRevoked: true })
    await expect.poll(() => stream.named('freshness').at(-1)?.state, long).toBe('unwatched')
    expect(stream.named('freshness').find(({ state }) => state === 'unwatched')?.problem, 'who hears of the refusal').toMatchObject({ code: 'token_rejected', detail: expect.stringContaining('Spot no longer accepts') })
    const readings = (await bench.upstream('GET', `/migration/${migrationId}`)).length
    await bench.live.resume()
    expect((await bench.upstream('GET', `/migration/${migrationId}`)).length).toBe(readings)
    await stream.cancel()
    await bench.admin.token({ token: 'demo-token', isRevoked: false })
    const next = await open()
    await bench.admin.time({ speed: 600 })
    await next.done
    expect(next.events.at(-1)).toMatchObject({ data: { reason: 'final' } })
  })
})

test('a copy that this server’s keys do not open gives way to that of the next one who agrees', async () => {
  await bench.crash()
  await database.sql`update runs set sealed_token = 'v1.0badc0de.AAAA', lease_until = null, lease_holder = null`
  const next = bench.startServer()
  await next.live.resume()
  expect(next.live.counts().watchers).toBe(0)
  ctx = await next.contextFor()
  expect((await record()).freshness, 'nobody was refused').toMatchObject({ state: 'unwatched', problem: { code: 'copy_missing' } })
  expect(await getRecording({ ctx, input: place() })).toMatchObject({ hasCopy: false })
  expect((await row())?.sealed_token, 'another server may still open it').toContain('0badc0de')
  await set(true)
  expect(next.live.counts().watchers).toBe(1)
  expect((await row())?.sealed_token).not.toContain('0badc0de')
})

test('asking for a run that is watched joins its readings and adds none', async () => {
  await bench.admin.time({ speed: 20 })
  await Promise.all(Array.from({ length: 40 }, () => record()))
  const asked = (await bench.upstream('GET', `/migration/${migrationId}`)).length
  const startedAt = bench.timers.now()
  await Promise.all(Array.from({ length: 40 }, () => record()))
  const added = (await bench.upstream('GET', `/migration/${migrationId}`)).length - asked
  // A reading takes place once a second at the most, whoever asks.
  expect(added).toBeLessThanOrEqual(1 + (bench.timers.now() - startedAt) / 1_000)
})
