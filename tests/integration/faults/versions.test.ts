import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '@/lib/db/client'
import { superviseEmbedded } from '@/lib/db/embedded/supervisor'
import journal from '@/lib/db/migrations/meta/_journal.json'
import { readChanges } from '@/lib/db/queries/runs'
import { crashMoment } from '@/tests/support/crash-moment'
import { asEarlierVersion, earlierMigrations } from '@/tests/support/earlier-version'
import { copyDir } from '@/tests/support/copy-dir'
import { makeDataDir, quietLog } from '@/tests/support/database'
import { postgresMissing, startPostgres, type PostgresServer } from '@/tests/support/postgres'
import { repeats } from '@/tests/support/soak'
import { removeDir } from '@/tests/support/remove-dir'
import { seqs, upTo } from '../live/support/events'

const wait = { timeout: 30_000, interval: 10 }
const changes = 2_000
const newer = { code: 'storage_unavailable', detail: expect.stringMatching(/carried over by a newer version of Slipway.*Start the newer version/) }

const fromTheFuture = (sql: postgres.Sql) => sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of a later version', ${(journal.entries.at(-1)?.when ?? 0) + 1})`
const noFuture = (sql: postgres.Sql) => sql`delete from drizzle.__drizzle_migrations where hash = 'of a later version'`
const migrationsDone = async (sql: postgres.Sql) => (await sql`select 1 from drizzle.__drizzle_migrations`).length
const columnsOfChanges = async (sql: postgres.Sql) => (await sql`select column_name as name from information_schema.columns where table_name = 'run_changes' order by 1`).map(({ name }) => String(name))
const asBefore = ['at', 'body', 'kind', 'run_id', 'seq']

/** The record of the earlier version is read whole. */
const expectCarriedOver = async ({ db, sql }: Awaited<ReturnType<typeof openDatabase>>) => {
  expect(await migrationsDone(sql)).toBe(journal.entries.length)
  expect(seqs(await readChanges(db, 7))).toEqual(upTo(changes))
}

describe('versions of Slipway on one embedded database', () => {
  let earlier = ''
  let dataDir = ''
  const open = () => openDatabase({ databaseUrl: null, dataDir, log: quietLog })
  beforeAll(async () => {
    dataDir = earlier = await mkdtemp(path.join(tmpdir(), 'slipway-earlier-'))
    await raw((sql) => asEarlierVersion(sql, changes))
  })
  afterAll(() => removeDir(earlier))
  afterEach(() => removeDir(dataDir))

  /** The database itself, without a server of this version. */
  const raw = async (act: (sql: postgres.Sql) => Promise<unknown>) => {
    const owner = await superviseEmbedded(dataDir, quietLog)
    const sql = postgres({ path: owner.socket, database: 'postgres', username: 'postgres', max: 1, prepare: false, ssl: false, fetch_types: false, onnotice: () => {} })
    try {
      return await act(sql)
    } finally {
      await sql.end()
      await owner.close()
    }
  }

  test('one that a newer server has carried over is refused with a sentence, left as it is, and free for the newer one', async () => {
    dataDir = await makeDataDir()
    await raw(fromTheFuture)
    await expect(open()).rejects.toMatchObject(newer)
    await raw(async (sql) => {
      expect(await migrationsDone(sql)).toBe(journal.entries.length + 1)
      await noFuture(sql)
    })
    await (await open()).close()
  })

  test('an owner that is killed while it carries an earlier record over leaves that record whole, and the next start ends the work', async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'slipway-versions-'))
    await copyDir(path.join(earlier, 'pglite'), path.join(dataDir, 'pglite'))
    const kills = repeats(1, 20)
    for (let kill = 0; kill < kills; kill += 1) {
      const opening = open().then(
        (opened) => opened.close(),
        () => {},
      )
      await expect.poll(() => JSON.parse(readFileSync(path.join(dataDir, 'slipway.lock'), 'utf8')).pid, wait).toBeGreaterThan(0)
      const { pid } = JSON.parse(readFileSync(path.join(dataDir, 'slipway.lock'), 'utf8')) as { pid: number }
      // From before it is open to after the work is done.
      await crashMoment(kill, 1_500)
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It was done and has ended.
      }
      await opening
      await raw(async (sql) => {
        const isDone = (await migrationsDone(sql)) === journal.entries.length
        expect(await columnsOfChanges(sql)).toEqual(isDone ? ['changes', 'run_id', 'seq'] : asBefore)
        expect((await sql`select seq from run_changes`).length).toBe(changes)
      })
    }
    const opened = await open()
    await expectCarriedOver(opened)
    await opened.close()
  })
})

describe.skipIf(postgresMissing !== null)(`versions of Slipway on one PostgreSQL${postgresMissing === null ? '' : ` (skipped: ${postgresMissing})`}`, () => {
  let server: PostgresServer
  let admin: postgres.Sql
  let url = ''
  let made = 0
  const open = () => openDatabase({ databaseUrl: url, dataDir: '', log: quietLog })

  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.remove())
  beforeEach(async () => {
    made += 1
    const first = postgres(server.url, { max: 1 })
    await first.unsafe(`create database versions_${made}`)
    await first.end()
    url = server.url.replace(/postgres$/, `versions_${made}`)
    admin = postgres(url, { max: 2, onnotice: () => {} })
  })
  afterEach(() => admin.end())

  test('one that a newer server has carried over is refused with a sentence and left as it is', async () => {
    await (await open()).close()
    await fromTheFuture(admin)
    await expect(open()).rejects.toMatchObject(newer)
    expect(await migrationsDone(admin)).toBe(journal.entries.length + 1)
    await noFuture(admin)
    await (await open()).close()
  })

  test('a newer server waits for the earlier ones to end and touches nothing before', async () => {
    await asEarlierVersion(admin, changes)
    const earlier = postgres(url, { max: 1, connection: { application_name: 'slipway' } })
    await earlier`select 1`
    await expect(open()).rejects.toMatchObject({ code: 'storage_unavailable', detail: expect.stringMatching(/^An earlier version of Slipway is at work on this database \(1 connection\).*End the earlier servers/) })
    expect([await migrationsDone(admin), await columnsOfChanges(admin)]).toEqual([earlierMigrations, asBefore])
    await earlier.end()
    const opened = await open()
    await expectCarriedOver(opened)
    const second = await open()
    await Promise.all([opened.close(), second.close()])
  })

  test('a migration whose connection is lost in the middle leaves everything as it was, and the next start ends it', async () => {
    await asEarlierVersion(admin, changes)
    const holder = await admin.reserve()
    await holder`begin`
    await holder`lock table run_changes in access exclusive mode`
    const opening = open().then(
      () => 'opened',
      (error: { code?: string }) => error.code,
    )
    const waiting = () => admin`select pid from pg_stat_activity where application_name = 'slipway migrations' and wait_event_type = 'Lock' and datname = current_database()`
    await expect.poll(async () => (await waiting()).length, wait).toBe(1)
    await admin`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'slipway migrations' and datname = current_database()`
    expect(await opening).toBe('storage_unavailable')
    await holder`rollback`
    holder.release()
    expect([await migrationsDone(admin), await columnsOfChanges(admin)]).toEqual([earlierMigrations, asBefore])
    const opened = await open()
    await expectCarriedOver(opened)
    await opened.close()
  })
})
