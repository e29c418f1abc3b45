import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, type OpenDatabase } from '@/lib/db/client'
import { storageError } from '@/lib/db/errors'
import journal from '@/lib/db/migrations/meta/_journal.json'
import { insertIntent } from '@/lib/db/queries/launches'
import { acquireLease, appendChanges, ensureRun, findRunById, readChanges } from '@/lib/db/queries/runs'
import { createHub, type Signal } from '@/lib/live/hub'
import { aLaunch, aRun, someChanges } from '@/tests/factories/rows'
import { quietLog } from '@/tests/support/database'
import { postgresMissing, startPostgres, type PostgresServer } from '@/tests/support/postgres'

const title = postgresMissing === null ? 'a PostgreSQL server' : `a PostgreSQL server (skipped: ${postgresMissing})`
const quiet = { info: () => {}, warn: () => {} }
const wait = { timeout: 20_000, interval: 50 }

const open = (databaseUrl: string) => openDatabase({ databaseUrl, dataDir: '', log: quietLog })
const codeOf = (act: Promise<unknown>) =>
  act.then(
    () => 'done',
    (error: unknown) => storageError(error).code,
  )

describe.skipIf(postgresMissing !== null)(title, () => {
  let server: PostgresServer
  let database: OpenDatabase

  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.remove())
  beforeEach(async () => {
    database = await open(server.url)
  })
  afterEach(() => database.close())

  const freshDatabase = async (name: string) => {
    await database.sql.unsafe(`create database ${name}`)
    return server.url.replace(/postgres$/, name)
  }

  test('six servers that start at once on an empty database all find its tables', async () => {
    const url = await freshDatabase('together')
    const all = await Promise.all(Array.from({ length: 6 }, () => open(url)))
    const kinds = await Promise.all(all.map(({ db }) => insertIntent(db, aLaunch()).then(({ kind }) => kind)))
    expect(kinds).toEqual(Array.from({ length: 6 }, () => 'inserted'))
    const [row] = await (all[0] as OpenDatabase).sql<{ n: number }[]>`select count(*)::int as n from drizzle.__drizzle_migrations`
    expect(row?.n).toBe(journal.entries.length)
    await Promise.all(all.map(({ close }) => close()))
  })

  test('a migration that was cut leaves nothing half made, and the next start ends it', async () => {
    const url = await freshDatabase('cut')
    const other = postgres(url, { max: 1 })
    // A view of the same name stands in the way of the last table.
    await other`create view run_changes as select 1 as one`
    expect(await codeOf(open(url))).toBe('storage_unavailable')
    expect(await other`select 1 from pg_tables where schemaname = 'public'`).toHaveLength(0)
    await other`drop view run_changes`
    await other.end()
    await (await open(url)).close()
  })

  test('while it is away every query fails soon, and once it is back the same pool works within seconds', async () => {
    await server.halt()
    const askedAt = performance.now()
    expect(await Promise.all(Array.from({ length: 12 }, () => codeOf(insertIntent(database.db, aLaunch()))))).toEqual(Array.from({ length: 12 }, () => 'storage_unavailable'))
    expect(performance.now() - askedAt).toBeLessThan(10_000)
    expect(await codeOf(open(server.url))).toBe('storage_unavailable')
    await server.resume()
    const backAt = performance.now()
    await expect.poll(() => codeOf(insertIntent(database.db, aLaunch())), wait).toBe('done')
    expect(performance.now() - backAt).toBeLessThan(5_000)
  })

  const cutConnections = (other: postgres.Sql) => other`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'slipway'`

  /** Writes ten changes at a time, a hundred times, and checks after each what the row says. Returns how many writes failed. */
  const record = async (runId: number, epoch: number): Promise<number> => {
    let failures = 0
    for (let turn = 0; turn < 100; turn += 1) {
      const row = await findRunById(database.db, runId).catch(() => null)
      if (row === null) continue
      expect(row.comment).toBe(row.seq === 0 ? '' : `up to ${row.seq}`)
      const last = row.seq + 10
      await appendChanges(database.db, { runId, epoch, afterSeq: row.seq, changes: someChanges(row.seq + 1, last), patch: { comment: `up to ${last}` } }).catch(() => (failures += 1))
    }
    return failures
  }

  // The driver is known to end the process when a connection is lost at the wrong moment.
  test('connections that are cut under load leave whole writes only, and the pool goes on', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => ensureRun(database.db, aRun())))
    const epochs = await Promise.all(all.map(({ id }) => acquireLease(database.db, { runId: id, holder: 'a', ttlMs: 1 })))
    const other = postgres(server.url, { max: 1, onnotice: () => {} })
    let isOn = true
    const cutting = (async () => {
      while (isOn) {
        await other`select pg_sleep(0.1)`
        await cutConnections(other)
      }
    })()
    const failures = await Promise.all(all.map(({ id }, index) => record(id, epochs[index] ?? -1)))
    isOn = false
    await cutting
    expect(Math.max(...failures)).toBeGreaterThan(0)
    for (const { id } of all) {
      await expect.poll(() => findRunById(database.db, id).then(() => true, () => false), wait).toBe(true)
      const changes = await readChanges(database.db, id)
      expect(changes).toEqual(someChanges(1, (await findRunById(database.db, id))?.seq ?? -1))
    }
    await other.end()
  })

  test('a server that takes no writes refuses a launch with that reason and still reads', async () => {
    const url = await freshDatabase('readonly')
    const readOnly = await open(url)
    await database.sql`alter database readonly set default_transaction_read_only = on`
    await cutConnections(database.sql).catch(() => {})
    const refusal = () => insertIntent(readOnly.db, aLaunch()).then(() => 'done', (error: unknown) => storageError(error).detail)
    await expect.poll(refusal, wait).toMatch(/can only be read/)
    expect(await readOnly.sql`select 1 as one`).toEqual([{ one: 1 }])
    await readOnly.close()
  })

  test('a server that could not hear the others at first hears each thing once when it can', async () => {
    const [speaking, hearing] = [await open(server.url), await open(server.url)]
    const [hubOf, hub] = [createHub('a', quiet), createHub('b', quiet)]
    const heard: Signal[] = []
    hub.onAny((signal) => heard.push(signal))
    await server.halt()
    for (let round = 0; round < 4; round += 1) await hub.join(hearing.sql)
    await server.resume()
    await expect.poll(() => hubOf.join(speaking.sql).then(() => codeOf(speaking.sql`select 1`)), wait).toBe('done')
    const tell = () => hubOf.publish({ kind: 'session-closed', sessionId: `told ${heard.length}` })
    await expect.poll(() => (tell(), heard.length), wait).toBeGreaterThan(0)
    const stops = () => heard.filter(({ kind }) => kind === 'stop-asked')
    hubOf.publish({ kind: 'stop-asked', runId: 1, askedBy: 'Ada' })
    await expect.poll(stops, wait).not.toEqual([])
    // Told only now: words that are told at once leave by different connections, in any order.
    hubOf.publish({ kind: 'session-closed', sessionId: 'last' })
    await expect.poll(() => heard.some((signal) => signal.kind === 'session-closed' && signal.sessionId === 'last'), wait).toBe(true)
    expect(stops()).toHaveLength(1)
    await Promise.all([speaking.close(), hearing.close()])
  })

  test('an address that nobody answers on is a sentence without the password', async () => {
    const failing = open('postgres://slipway:hunter2@127.0.0.1:1/slipway')
    await expect(failing).rejects.toMatchObject({ code: 'storage_unavailable', detail: expect.not.stringContaining('hunter2') })
  })
})
