import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, type OpenDatabase } from '@/lib/db/client'
import { foldRun } from '@/lib/domain/progress/state'
import { getRun } from '@/lib/services/get-run'
import { startMigration } from '@/lib/services/start-migration'
import { quietLog } from '@/tests/support/database'
import { postgresMissing, startPostgres, type PostgresServer } from '@/tests/support/postgres'
import { clusterId, emptyTables, startBench, type Bench } from '../live/support/bench'
import { seqs, upTo } from '../live/support/events'

const long = { timeout: 30_000 }

describe.skipIf(postgresMissing !== null)(`a holder that stands still for longer than its lease${postgresMissing === null ? '' : ` (skipped: ${postgresMissing})`}`, () => {
  let postgres: PostgresServer
  let database: OpenDatabase
  let bench: Bench

  beforeAll(async () => {
    postgres = await startPostgres()
    database = await openDatabase({ databaseUrl: postgres.url, dataDir: '', log: quietLog })
  })
  afterAll(async () => {
    await database.close()
    await postgres.remove()
  })
  beforeEach(async () => {
    await emptyTables(database)
    bench = await startBench({ connection: async () => database, flags: { speed: 20 } })
  })
  afterEach(() => bench.close())

  test('finds its run with another when it wakes, and writes nothing over it', async () => {
    const second = bench.startServer()
    await bench.live.resume()
    const ctx = await second.contextFor()
    const { migrationId } = await startMigration({ ctx: await bench.contextFor(), input: { clusterId, request: await bench.request(8) } })
    // Whoever sees a run first holds it: the other looks only then.
    await expect.poll(() => bench.live.counts().watchers, long).toBe(1)
    await second.live.resume()
    const record = () => getRun({ ctx, input: { clusterId, migrationId: migrationId as string } })
    await expect.poll(async () => (await record()).seq, long).toBeGreaterThan(8)
    const [before] = await database.sql`select lease_epoch from runs`
    bench.freeze()
    await expect.poll(() => second.live.counts().watchers, long).toBe(1)
    bench.thaw()
    await expect.poll(() => bench.live.counts().watchers, long).toBe(0)
    await bench.admin.time({ speed: 600 })
    await expect.poll(async () => (await record()).freshness.state, long).toBe('ended')
    const { changes } = await record()
    expect(seqs(changes)).toEqual(upTo(changes.length))
    expect(Number((await database.sql`select lease_epoch from runs`)[0]?.lease_epoch)).toBeGreaterThan(Number(before?.lease_epoch))
    const twin = (await bench.admin.runs())[migrationId as string]
    expect(Object.fromEntries([...foldRun(changes).nodes].map(([name, { status }]) => [name, status]))).toEqual(twin?.nodes)
  })
})
