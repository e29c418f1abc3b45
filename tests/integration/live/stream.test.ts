import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deleteSession } from '@/lib/db/queries/sessions'
import { countsOf, foldRun } from '@/lib/domain/progress/state'
import { getRun } from '@/lib/services/get-run'
import { openStream } from '@/lib/services/open-stream'
import { startMigration } from '@/lib/services/start-migration'
import type { Context } from '@/lib/services/context'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { clusterId, emptyTables, startBench, type Bench } from './support/bench'
import { readStream, seqs, upTo, type ReadStream } from './support/events'

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

const open = async (as = ctx, resumeAfter: number | null = null): Promise<ReadStream> => readStream(await openStream({ ctx: as, input: { clusterId, migrationId, resumeAfter } }))
const toTheEnd = () => bench.admin.time({ speed: 600 })
const reached = (stream: ReadStream, seq: number) => expect.poll(() => stream.changes().at(-1)?.seq ?? 0, long).toBeGreaterThan(seq)
const readings = async () => (await bench.upstream('GET', `/migration/${migrationId}`)).length
const record = () => getRun({ ctx, input: { clusterId, migrationId } })

describe('a viewer', () => {
  test('gets the record, then every change once and in order, then the end', async () => {
    const stream = await open()
    await toTheEnd()
    await stream.done
    expect(seqs(stream.changes())).toEqual(upTo(stream.changes().length))
    expect(stream.events[0]?.name).toBe('record')
    expect(stream.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'final' } })
    expect(stream.named('freshness').at(-1)?.state).toBe('ended')
    expect(countsOf(foldRun(stream.changes()))).toEqual(countsOf(foldRun((await record()).changes)))
  })

  test('who comes back goes on after the last change it has, however often it is cut off', async () => {
    const seen: number[] = []
    let lastId: number | null = null
    for (const seq of [8, 12, 16]) {
      const part = await open(ctx, lastId)
      await reached(part, Math.max(seq, lastId ?? 0))
      await part.cancel()
      seen.push(...seqs(part.changes()))
      lastId = part.lastId()
    }
    await toTheEnd()
    await expect.poll(async () => (await record()).freshness.state, long).toBe('ended')
    const last = await open(ctx, lastId)
    await last.done
    expect(last.events.map(({ name }) => name)).not.toContain('record')
    expect([...seen, ...seqs(last.changes())]).toEqual(upTo((await record()).seq))
  })

  test('whose last change is not ours to continue gets the whole record', async () => {
    const stream = await open(ctx, 900_000)
    await expect.poll(() => stream.events[0]?.name, long).toBe('record')
    await stream.cancel()
  })

  test('of a run that is over gets its record and the end', async () => {
    await toTheEnd()
    await expect.poll(async () => (await record()).freshness.state, long).toBe('ended')
    const stream = await open()
    await stream.done
    expect(stream.events.map(({ name }) => name)).toEqual(['record', 'freshness', 'end'])
  })

  test('who does not read keeps nobody waiting and misses nothing', async () => {
    const idle = await openStream({ ctx, input: { clusterId, migrationId, resumeAfter: null } })
    const busy = await open()
    await toTheEnd()
    await busy.done
    const late = readStream(idle)
    await late.done
    expect(seqs(late.changes())).toEqual(seqs(busy.changes()))
  })
})

describe('many viewers', () => {
  test('cost no more readings than one', async () => {
    const viewers = await Promise.all(Array.from({ length: 20 }, async (_, index) => open(await bench.contextFor({ name: `P${index % 5}`, sessionId: `s${index}` }))))
    await Promise.all(viewers.map((viewer) => reached(viewer, 8)))
    const [before, told] = [await readings(), viewers[0]?.named('freshness').length ?? 0]
    await expect.poll(async () => (await readings()) - before, long).toBeGreaterThan(15)
    const [after, toldAfter] = [await readings(), viewers[0]?.named('freshness').length ?? 0]
    // Each reading is told once: were there one for each viewer, there would be twenty times as many.
    expect(after - before).toBeLessThanOrEqual(toldAfter - told + 2)
    await Promise.all(viewers.map((viewer) => viewer.cancel()))
    expect(bench.live.counts()).toEqual({ watchers: 1, streams: 0 })
  })

  test('of one session are limited, with a sentence', async () => {
    const viewers = await Promise.all(Array.from({ length: 12 }, async () => open(await bench.contextFor())))
    await expect(open()).rejects.toMatchObject({ code: 'too_many_streams', status: 429 })
    await Promise.all(viewers.map((viewer) => viewer.cancel()))
    await (await open()).cancel()
  })
})

describe('a stream ends', () => {
  test('at sign-out, for that session alone', async () => {
    const mine = await open()
    const other = await open(await bench.contextFor({ name: 'Bea' }))
    await ctx.endSession()
    await mine.done
    expect(mine.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'signed-out' } })
    expect(bench.live.counts().streams).toBe(1)
    await other.cancel()
  })

  test('at a sign-out on another server that nobody could tell it of', async () => {
    const mine = await open()
    const other = await open(await bench.contextFor({ name: 'Bea' }))
    await deleteSession(database.db, ctx.session.sessionId)
    await bench.live.resume()
    await mine.done
    expect(mine.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'signed-out' } })
    expect(bench.live.counts().streams).toBe(1)
    await other.cancel()
  })

  test('at a sign-out that comes while it is being opened', async () => {
    const opening = openStream({ ctx: { ...ctx, spot: { ...ctx.spot, getCluster: async (...given) => (await ctx.endSession(), ctx.spot.getCluster(...given)) } }, input: { clusterId, migrationId, resumeAfter: null } })
    const stream = readStream(await opening)
    await stream.done
    expect(stream.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'signed-out' } })
  })

  test('once its session has not been used for long', async () => {
    const cleo = await bench.contextFor({ name: 'Cleo' })
    const stream = await open(cleo)
    await database.sql`update sessions set last_seen_at = last_seen_at - interval '1 day' where id = ${cleo.session.sessionId}`
    await bench.live.resume()
    await stream.done
    expect(stream.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'signed-out' } })
  })

  test('within a minute or so after Spot refuses the token of who looks, though the run is read with that of another', async () => {
    const bea = await bench.contextFor({ name: 'Bea', token: 'second-token' })
    const stream = await open(bea)
    await bench.admin.time({ speed: 1 })
    await bench.admin.token({ token: 'second-token', isRevoked: true })
    // What Spot said of the token before is forgotten at its first refusal, else after a minute of the wall.
    await expect(bea.spot.discover(clusterId)).rejects.toMatchObject({ kind: 'unauthorized' })
    await stream.done
    expect(stream.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'refused' } })
    expect(bench.live.counts().watchers).toBe(1)
  })

  test('when the session expires', async () => {
    const short = await bench.contextFor()
    const stream = await open({ ...short, session: { ...short.session, expiresAtMs: bench.timers.now() + 5_000 } })
    await stream.done
    expect(stream.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'signed-out' } })
  })

  test('when the client has gone, and leaves nothing behind', async () => {
    const gone = new AbortController()
    const stream = await open(await bench.contextFor({ signal: gone.signal }))
    await reached(stream, 0)
    gone.abort()
    await stream.done
    expect(bench.live.counts().streams).toBe(0)
  })

  test('at shutdown within a second, and the run is free for the next server', async () => {
    const stream = await open()
    await reached(stream, 0)
    const startedAt = performance.now()
    await bench.live.shutdown()
    await stream.done
    expect(performance.now() - startedAt).toBeLessThan(1_000)
    expect(stream.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'shutdown' } })
    const [run] = await database.sql`select lease_until, sealed_token from runs`
    expect(run?.lease_until).toBeNull()
    expect(run?.sealed_token).not.toBeNull()
  })
})
