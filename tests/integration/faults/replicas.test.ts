import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { clusterIds } from '@/lib/simulator/people'
import { openDatabase, type OpenDatabase } from '@/lib/db/client'
import { foldRun, isRunOver } from '@/lib/domain/progress/state'
import { getRun } from '@/lib/services/get-run'
import { openStream } from '@/lib/services/open-stream'
import { startMigration } from '@/lib/services/start-migration'
import { stopMigration } from '@/lib/services/stop-migration'
import type { Context } from '@/lib/services/context'
import { openTestDatabase, quietLog, type TestDatabase } from '@/tests/support/database'
import { postgresMissing, startPostgres, type PostgresServer } from '@/tests/support/postgres'
import { clusterId, emptyTables, startBench, type Bench } from '../live/support/bench'
import { readStream, seqs, upTo } from '../live/support/events'
import { seenOf, undisturbedRecord } from './support/watched-run'

const long = { timeout: 30_000 }

describe.skipIf(postgresMissing !== null)(`two servers on one PostgreSQL${postgresMissing === null ? '' : ` (skipped: ${postgresMissing})`}`, () => {
  let postgres: PostgresServer
  let database: OpenDatabase
  let whole: TestDatabase
  let bench: Bench
  let second: ReturnType<Bench['startServer']>
  let ctx: Context
  let other: Context
  let migrationId = ''
  /** How often the second has asked for its database. */
  let asked = 0

  beforeAll(async () => {
    postgres = await startPostgres()
    database = await openDatabase({ databaseUrl: postgres.url, dataDir: '', log: quietLog })
    whole = await openTestDatabase()
  })
  afterAll(async () => {
    await whole.remove()
    await database.close()
    await postgres.remove()
  })

  beforeEach(async () => {
    await emptyTables(database)
    bench = await startBench({ connection: async () => database, flags: { speed: 60 } })
    second = bench.startServer({ connection: async () => ((asked += 1), database) })
    await bench.live.resume()
    ctx = await bench.contextFor()
    other = await second.contextFor({ name: 'Bea' })
    const answer = await startMigration({ ctx, input: { clusterId, request: await bench.request(8) } })
    migrationId = answer.migrationId as string
    // Whoever sees a run first holds it: the other looks only then.
    await expect.poll(() => bench.live.counts().watchers, long).toBe(1)
    await second.live.resume()
  })
  afterEach(() => bench.close())

  const record = (as: Context) => getRun({ ctx: as, input: { clusterId, migrationId } })
  const open = async (as: Context) => readStream(await openStream({ ctx: as, input: { clusterId, migrationId, resumeAfter: null } }))
  /** The record is the one of a server to whose database nothing happened, each change once. */
  const expectAsUndisturbed = async (undisturbed: Awaited<ReturnType<typeof undisturbedRecord>>) => {
    await toTheEnd()
    const reached = async () => {
      const { freshness, changes } = await record(ctx)
      return { freshness: freshness.state, isOver: isRunOver(foldRun(changes)) }
    }
    await expect.poll(() => reached().catch(() => null), { timeout: 60_000 }).toEqual({ freshness: 'ended', isOver: true })
    const { changes } = await record(ctx)
    expect(seqs(changes)).toEqual(upTo(changes.length))
    const [ours, theirs] = [foldRun(changes), await undisturbed.state()]
    expect(seenOf(ours, theirs)).toEqual(seenOf(theirs, ours))
    // Where the other server took the run over meanwhile, the time in between is shown as not seen.
    expect(ours.gaps.length).toBeLessThanOrEqual(1)
    expect(Object.fromEntries([...foldRun(changes).nodes].map(([name, { status }]) => [name, status]))).toEqual((await bench.admin.runs())[migrationId]?.nodes)
  }
  const toTheEnd = () => bench.admin.time({ speed: 600 })

  test('one reads the run, and a viewer of the other gets every change as it is recorded', async () => {
    const stream = await open(other)
    expect([bench.live.counts().watchers, second.live.counts().watchers]).toEqual([1, 0])
    await toTheEnd()
    await stream.done
    expect(stream.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'final' } })
    expect(seqs(stream.changes())).toEqual(upTo((await record(other)).seq))
    expect(stream.named('changes').length).toBeGreaterThan(3)
  })

  test('thirty viewers of the other cost its database no more readings than one', async () => {
    const streams = await Promise.all(Array.from({ length: 30 }, async (_, index) => open(await second.contextFor({ name: `P${index}` }))))
    await Promise.all(streams.map((stream) => expect.poll(() => stream.named('freshness').length, long).toBeGreaterThan(0)))
    const [before, told] = [asked, streams[0]?.named('changes').length ?? 0]
    await toTheEnd()
    await Promise.all(streams.map(({ done }) => done))
    const times = (streams[0]?.named('changes').length ?? 0) - told
    expect(times).toBeGreaterThan(3)
    // One reading for each would be thirty times as many; what the server asks of its own accord counts as well.
    expect(asked - before).toBeLessThan(15 * times)
    const whole = upTo((await record(other)).seq)
    for (const stream of streams) expect(seqs(stream.changes())).toEqual(whole)
  })

  test('when the holder is killed the other takes the run over, and its viewers go on', async () => {
    const stream = await open(other)
    await expect.poll(() => stream.changes().length, long).toBeGreaterThan(8)
    await bench.crash()
    await expect.poll(() => second.live.counts().watchers, long).toBe(1)
    await toTheEnd()
    await stream.done
    const { changes } = await record(other)
    expect(seqs(stream.changes())).toEqual(upTo(changes.length))
    expect(foldRun(changes).gaps.length).toBeLessThanOrEqual(1)
  })

  test('a holder whose clock is an hour fast gives the run up like any other when it is killed', async () => {
    await second.crash()
    const fast = bench.startServer({ aheadMs: 3_600_000 })
    await bench.live.shutdown()
    await fast.live.resume()
    await expect.poll(() => fast.live.counts().watchers, long).toBe(1)
    await fast.crash()
    const next = bench.startServer()
    await next.live.resume()
    await expect.poll(() => next.live.counts().watchers, long).toBe(1)
  })

  test('a viewer of the other gets every change and the end though the database was restarted meanwhile', async () => {
    const apart = await openDatabase({ databaseUrl: postgres.url, dataDir: '', log: quietLog })
    const viewing = bench.startServer({ connection: async () => apart })
    await viewing.live.resume()
    const stream = await open(await viewing.contextFor({ name: 'Cleo' }))
    await expect.poll(() => stream.changes().length, long).toBeGreaterThan(8)
    await postgres.halt()
    await postgres.resume()
    await toTheEnd()
    await stream.done
    expect(stream.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'final' } })
    expect(seqs(stream.changes())).toEqual(upTo((await record(ctx)).seq))
    await viewing.live.shutdown()
    await apart.close()
  })

  test('a stop asked for on the other is noted by the holder', async () => {
    await stopMigration({ ctx: other, input: { clusterId, migrationId } })
    await expect.poll(async () => foldRun((await record(ctx)).changes).stopAsked?.askedBy, long).toBe('Bea')
  })

  test('a sign-out on one closes the streams of that session on the other', async () => {
    const stream = await open(await second.contextFor({ name: 'Ada' }))
    await ctx.endSession()
    await stream.done
    expect(stream.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'signed-out' } })
  })

  test('a database that takes no writes refuses a launch before anything is sent, and loses no change', async () => {
    const undisturbed = await undisturbedRecord(bench, whole, migrationId)
    const edge = clusterIds.edge
    const { data } = await ctx.spot.discover(edge)
    const request = await bench.request(1, { nodeNames: data.slice(0, 2).map(({ nodeName }) => nodeName) })
    const setReadOnly = async (value: 'on' | 'off') => {
      await database.sql.begin('read write', (sql) => sql.unsafe(`alter database postgres set default_transaction_read_only = ${value}`))
      // Sessions keep the value they began with: all of them end, the one that asks included.
      await database.sql`select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' order by pid = pg_backend_pid()`.catch(() => {})
    }
    await setReadOnly('on')
    await expect.poll(async () => (await database.sql`show default_transaction_read_only`.catch(() => []))[0]?.default_transaction_read_only, long).toBe('on')
    const posts = (await bench.upstream('POST', '/migration')).length
    await expect(startMigration({ ctx, input: { clusterId: edge, request } })).rejects.toThrow()
    expect(await bench.upstream('POST', '/migration')).toHaveLength(posts)
    const readings = async () => (await bench.upstream('GET', `/migration/${migrationId}`)).length
    const atRefusal = await readings()
    await expect.poll(readings, long).toBeGreaterThan(atRefusal + 20)
    await setReadOnly('off')
    await expectAsUndisturbed(undisturbed)
  })

  test('a database that is gone for a while costs no change', async () => {
    const undisturbed = await undisturbedRecord(bench, whole, migrationId)
    await expect.poll(async () => (await record(ctx)).seq, long).toBeGreaterThan(8)
    await postgres.halt()
    const readings = async () => (await bench.upstream('GET', `/migration/${migrationId}`)).length
    const atLoss = await readings()
    await expect.poll(readings, long).toBeGreaterThan(atLoss + 20)
    await postgres.resume()
    await expectAsUndisturbed(undisturbed)
  })
})
