import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { LaunchAnswer } from '@/lib/contract/launch-answer'
import { runSeries } from '@/lib/domain/progress/series'
import { countsOf, foldRun } from '@/lib/domain/progress/state'
import { isFinalRun } from '@/lib/domain/run-rules'
import { getCluster } from '@/lib/services/get-cluster'
import { getRun } from '@/lib/services/get-run'
import { openStream } from '@/lib/services/open-stream'
import { listRuns } from '@/lib/services/list-runs'
import { startMigration } from '@/lib/services/start-migration'
import { stopMigration } from '@/lib/services/stop-migration'
import type { Context } from '@/lib/services/context'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import type { LaunchChoices } from '@/tests/support/reviewed-launch'
import { clusterId, emptyTables, fastTimers, startBench, type Bench } from './support/bench'
import { readStream, seqs, upTo } from './support/events'

let database: TestDatabase
let bench: Bench
let ctx: Context
let timers: ReturnType<typeof fastTimers>

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.remove())

beforeEach(async () => {
  await emptyTables(database)
  timers = fastTimers(20)
  bench = await startBench({ connection: async () => database, timers })
  ctx = await bench.contextFor()
})
afterEach(() => bench.close())

const long = { timeout: 30_000 }
const launch = async (count = 4, change: LaunchChoices = {}): Promise<LaunchAnswer & { migrationId: string }> => {
  const answer = await startMigration({ ctx, input: { clusterId, request: await bench.request(count, change) } })
  return { ...answer, migrationId: answer.migrationId as string }
}
const run = (migrationId: string, as = ctx) => getRun({ ctx: as, input: { clusterId, migrationId } })
const row = async () => (await database.sql`select * from runs`)[0]
const ended = () => expect.poll(async () => (await row())?.ended_at ?? null, long).not.toBeNull()
const storedSeqs = async () => (await database.sql`select seq from run_changes order by seq`).map(({ seq }) => Number(seq))
const reaches = (migrationId: string, seq: number) => expect.poll(async () => (await run(migrationId)).seq, long).toBeGreaterThan(seq)

const expectWholeRecord = async (migrationId: string) => {
  const record = await run(migrationId)
  const { data } = await ctx.spot.getMigration(clusterId, migrationId, { fresh: true })
  const state = foldRun(record.changes)
  expect(seqs(record.changes)).toEqual(upTo(record.changes.length))
  expect(state.facts?.status).toBe(data.status)
  expect(Object.fromEntries([...state.nodes].map(([name, { status }]) => [name, status]))).toEqual(Object.fromEntries(data.oldNodes.map(({ nodeName, status }) => [nodeName, status])))
  expect(record.freshness.state).toBe('ended')
  return { record, state }
}

describe('a run is recorded', () => {
  test('and whoever is told that it has ended has its end, however the answer and the end met', async () => {
    const { migrationId } = await launch()
    const told: string[] = []
    const ask = async (): Promise<void> => {
      const { freshness, changes } = await run(migrationId)
      if (freshness.state !== 'ended') return ask()
      told.push(foldRun(changes).facts?.status ?? 'none')
    }
    await Promise.all(Array.from({ length: 24 }, ask))
    expect(told.filter((status) => !isFinalRun(status))).toEqual([])
  })

  test('to its end without anybody watching, and a page opened late sees it from the beginning', async () => {
    await bench.admin.time({ speed: 20 })
    const { migrationId } = await launch()
    await expect.poll(storedSeqs, long).not.toEqual([])
    await bench.admin.time({ speed: 600 })
    await ended()
    const { record, state } = await expectWholeRecord(migrationId)
    const points = runSeries(record.changes)
    expect(points[0]?.counts.total).toBe(4)
    expect(points[0]?.counts.toGo).toBeGreaterThan(0)
    expect(points.at(-1)?.counts).toEqual(countsOf(state))
    expect(state.log.length).toBeGreaterThan(0)
    expect(state.gaps).toEqual([])
    expect(record.run).toMatchObject({ startedBy: 'Ada', source: 'slipway', comment: 'web tier, wave 1' })
    expect(record.options.batchSizePercentage).toBe(50)
  })

  test('with the times of its last reading, however long the log and the last look take', async () => {
    const latency = 2_000
    const { migrationId } = await launch()
    await reaches(migrationId, 4)
    await bench.admin.fault({ method: 'GET', pathEndsWith: '/log', effect: { kind: 'latency', ms: latency } })
    await bench.admin.fault({ method: 'GET', pathEndsWith: '/nodes', effect: { kind: 'latency', ms: latency } })
    await ended()
    const answeredAtMs = (await bench.upstream('GET', `/${migrationId}`)).at(-1)?.atMs ?? 0
    const { record } = await expectWholeRecord(migrationId)
    const lastMs = timers.wallOf(record.changes.findLast(({ kind }) => kind === 'run')?.atMs ?? 0)
    expect(lastMs - answeredAtMs, 'milliseconds after the answer').toBeLessThan(latency)
  })

  test('with what Spot hears of the controller, told when it changes', async () => {
    await bench.admin.time({ speed: 20 })
    const { migrationId } = await launch(8)
    const heard = async () => foldRun((await run(migrationId)).changes).heartbeats.map(({ state }) => state)
    await expect.poll(heard, long).toEqual(['reporting'])
    await bench.admin.twin({ kind: 'controller', clusterId, isSilent: true })
    await bench.admin.time({ speed: 60 })
    await expect.poll(heard, long).toEqual(['reporting', 'inactive'])
  })

  test('and its copy of the token and the place of its launch go with the end', async () => {
    await launch(2)
    await ended()
    expect((await row())?.sealed_token).toBeNull()
    await expect.poll(async () => (await database.sql`select ended_at from launches`)[0]?.ended_at, long).not.toBeNull()
    await expect.poll(() => bench.live.counts().watchers).toBe(0)
  })

  test('also when the database failed at the moment it should have begun', async () => {
    await bench.live.resume()
    await database.sql`alter table run_changes rename to run_changes_away`
    const { migrationId } = await launch(4)
    expect(bench.live.counts().watchers).toBe(0)
    await database.sql`alter table run_changes_away rename to run_changes`
    await ended()
    await expectWholeRecord(migrationId)
  })

  test('by one holder: whoever lost the lease writes nothing more', async () => {
    const { migrationId } = await launch(8)
    await reaches(migrationId, 8)
    const next = bench.startServer()
    await next.live.resume()
    await expect.poll(() => next.live.counts().watchers).toBe(1)
    await expect.poll(() => bench.live.counts().watchers, long).toBe(0)
    ctx = await next.contextFor()
    await ended()
    await expectWholeRecord(migrationId)
  })

})

describe('a run from elsewhere', () => {
  const startByHand = async () => {
    const { nodeNames, options } = await bench.request(4)
    const { data } = await ctx.spot.createMigration(clusterId, { ...options, nodeNames: nodeNames ?? [], comment: 'by hand' })
    return data.id
  }

  test('is recorded from the moment somebody opens it', async () => {
    const id = await startByHand()
    const first = await run(id)
    expect(first.run).toMatchObject({ source: 'elsewhere', startedBy: null, comment: 'by hand' })
    expect(foldRun(first.changes).nodes.size).toBe(4)
    expect(await row(), 'looking is no agreement').toMatchObject({ is_kept: false, sealed_token: null })
    const stream = readStream(await openStream({ ctx, input: { clusterId, migrationId: id, resumeAfter: null } }))
    await stream.done
    await ended()
    await expectWholeRecord(id)
  })

  test('is found by the list of runs, which asks Spot at most once for many', async () => {
    const id = await startByHand()
    await bench.admin.clearJournal()
    const answers = await Promise.all(Array.from({ length: 10 }, () => listRuns({ ctx, input: { clusterId, isRefresh: false } })))
    for (const { runs } of answers) expect(runs.find(({ migrationId }) => migrationId === id)).toMatchObject({ source: 'elsewhere' })
    expect(await bench.upstream('GET', '/migration')).toHaveLength(1)
    expect(bench.live.counts().watchers).toBe(1)
    await expect.poll(() => bench.live.counts().watchers, { message: 'nobody opened it', ...long }).toBe(0)
    expect(await storedSeqs(), 'what was seen stays').not.toEqual([])
  })

  test('is taken up by whoever opens its cluster, and no longer shown as on when it has ended unseen', async () => {
    await bench.admin.time({ speed: 20 })
    const id = await startByHand()
    const onIn = async (as: Context) => (await getCluster({ ctx: as, input: { clusterId } })).cluster.runningMigration?.migrationId ?? null
    expect(await onIn(ctx)).toBe(id)
    expect(await row()).toMatchObject({ migration_id: id, source: 'elsewhere', is_kept: false })
    expect(bench.live.counts().watchers).toBe(1)
    await expect.poll(() => bench.live.counts().watchers, long).toBe(0)
    await bench.admin.time({ speed: 600 })
    await expect.poll(async () => isFinalRun((await ctx.spot.getMigration(clusterId, id, { fresh: true })).data.status), long).toBe(true)
    // Whose token has read no list yet reads one now.
    expect(await onIn(await bench.contextFor({ name: 'Bea', token: 'second-token' }))).toBeNull()
    await ended()
    await expectWholeRecord(id)
  })

  test('that nobody watched to its end takes its end from the next list, and its record closes, however long its log takes', async () => {
    await bench.admin.time({ speed: 20 })
    const id = await startByHand()
    await run(id)
    await expect.poll(() => bench.live.counts().watchers, long).toBe(0)
    await bench.admin.time({ speed: 600 })
    await expect.poll(async () => isFinalRun((await ctx.spot.getMigration(clusterId, id, { fresh: true })).data.status), long).toBe(true)
    // Longer than whoever opened the list lends their token: a run that is on is read for ten seconds of this clock.
    await bench.admin.fault({ method: 'GET', pathEndsWith: '/log', effect: { kind: 'latency', ms: 1_500 } })
    await listRuns({ ctx, input: { clusterId, isRefresh: true } })
    await ended()
    await expect.poll(() => bench.live.counts().watchers).toBe(0)
    const { state } = await expectWholeRecord(id)
    expect(state.gaps).toMatchObject([{ reason: expect.stringContaining('Nobody had this run open') }])
  })

  test('that ended before anyone looked is told by one reading', async () => {
    const id = await startByHand()
    await expect.poll(async () => isFinalRun((await ctx.spot.getMigration(clusterId, id, { fresh: true })).data.status), long).toBe(true)
    const record = await run(id)
    expect(record).toMatchObject({ run: { source: 'api' }, freshness: { state: 'ended' } })
    expect(new Set(record.changes.map(({ atMs }) => atMs)).size).toBe(1)
    expect(foldRun(record.changes).log.some(({ message }) => message.includes(id)), 'and by the log of its time').toBe(true)
    expect(await row()).toBeUndefined()
  })
})

describe('stopping', () => {
  test('notes who asked, and a run that is over can no longer be stopped', async () => {
    const { migrationId } = await launch(8)
    const bea = await bench.contextFor({ name: 'Bea' })
    await stopMigration({ ctx: bea, input: { clusterId, migrationId } })
    await ended()
    const { state } = await expectWholeRecord(migrationId)
    expect(state.facts?.status).toBe('STOPPED')
    expect(state.stopAsked?.askedBy).toBe('Bea')
    await expect(stopMigration({ ctx, input: { clusterId, migrationId } })).rejects.toMatchObject({ code: 'not_stoppable' })
    expect((await bench.upstream('PUT', '/stop')).length).toBe(1)
  })

  test('notes who asked also where nobody records the run', async () => {
    await bench.admin.time({ speed: 20 })
    const { migrationId } = await launch(8, { isRecordingKept: false })
    await expect.poll(() => bench.live.counts().watchers, long).toBe(0)
    await stopMigration({ ctx: await bench.contextFor({ name: 'Bea' }), input: { clusterId, migrationId } })
    await expect.poll(async () => foldRun((await run(migrationId)).changes).stopAsked?.askedBy, long).toBe('Bea')
  })

  test('is not noted when Spot refuses it', async () => {
    const { migrationId } = await launch(4)
    const rob = await bench.contextFor({ name: 'Rob', token: 'readonly-token' })
    await expect(stopMigration({ ctx: rob, input: { clusterId, migrationId } })).rejects.toMatchObject({ kind: 'forbidden' })
    expect(foldRun((await run(migrationId)).changes).stopAsked).toBeNull()
  })
})

describe('who may see a record', () => {
  test('only a session whose token can read the cluster and that is of its account', async () => {
    const { migrationId } = await launch(2)
    const stranger = await bench.contextFor({ name: 'Eve', token: 'other-org-token' })
    await expect(run(migrationId, stranger)).rejects.toMatchObject({ kind: expect.stringMatching(/forbidden|not-found/) })
    await expect(listRuns({ ctx: stranger, input: { clusterId, isRefresh: false } })).rejects.toThrow()
  })

  test('and who could read it goes on seeing it while Spot is down, with the reason', async () => {
    const { migrationId } = await launch(2)
    await run(migrationId)
    await ended()
    await bench.admin.fault({ method: 'GET', effect: { kind: 'status', status: 503 } })
    expect((await run(migrationId)).run.migrationId).toBe(migrationId)
    const list = await listRuns({ ctx, input: { clusterId, isRefresh: true } })
    expect(list.runs.map((one) => one.migrationId)).toEqual([migrationId])
    expect(list.problem).toMatchObject({ code: 'upstream_failed' })
  })
})
