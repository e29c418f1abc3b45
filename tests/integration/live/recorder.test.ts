import type { SQL } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { acquireLease, ensureRun, findRunById, readChanges, setRunKept, type RunRow } from '@/lib/db/queries/runs'
import type { Database } from '@/lib/db/client'
import { runChanges } from '@/lib/db/schema/run-changes'
import type { NewRunChange, RunChange } from '@/lib/domain/progress/change'
import { emptyRun, noCounts, type RunState } from '@/lib/domain/progress/state'
import { createRecorder } from '@/lib/live/recorder'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { emptyTables, fastTimers } from './support/bench'
import { seqs } from './support/events'

let database: TestDatabase
let run: RunRow
let stored: RunChange[]
let lost: number

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.remove())

beforeEach(async () => {
  await emptyTables(database)
  stored = []
  lost = 0
  const now = new Date()
  run = await ensureRun(database.db, {
    accountId: 'act-1',
    organizationId: null,
    clusterId: 'o-1',
    migrationId: 'scr-1',
    launchId: null,
    startedBy: null,
    source: 'elsewhere',
    comment: '',
    options: { batchSizePercentage: null, batchMinHealthyPercentage: null, respectPdb: null, respectRestrictScaleDown: null, shouldTerminateNodes: null, shouldEvictStandalonePods: null },
    status: 'IN_PROGRESS',
    currentBatch: null,
    numOfBatches: null,
    counts: noCounts(),
    startedAt: now,
    isKept: false,
    sealedToken: null,
    createdAt: now,
  })
})

const quiet = { info: () => {}, warn: () => {} }
const timers = fastTimers(20)
const lease = async (holder: string) => (await acquireLease(database.db, { runId: run.id, holder, ttlMs: -1 })) as number
const record = (epoch: number, db: Database = database.db, from: { state: RunState; wasOver: boolean } = { state: emptyRun, wasOver: false }) =>
  createRecorder({ db, runId: run.id, epoch, ...from, timers, log: quiet, onStored: (changes) => stored.push(...changes), onLost: () => (lost += 1) })
const line = (message: string): NewRunChange => ({ kind: 'log', body: { loggedAtMs: null, severity: 'INFO', message } })
const inDatabase = async () => (await readChanges(database.db, run.id)).map((change) => [change.seq, change.kind === 'log' ? change.body.message : ''])

/** The same database, but the answers to the first writes of changes are lost on their way; `lostAnswers` counts them. */
const losing = (count: number) => {
  let lostAnswers = 0
  const loseFirst = <Rows>(rows: Rows): Rows => {
    if (lostAnswers >= count) return rows
    lostAnswers += 1
    throw new Error('the connection broke after the commit')
  }
  const db: Database = new Proxy(database.db, {
    get: (target, name, receiver) => {
      if (name !== 'with') return Reflect.get(target, name, receiver)
      return (...fences: Parameters<Database['with']>) => ({
        insert: (table: typeof runChanges) => ({
          select: (query: SQL) => ({ returning: (fields: { seq: typeof runChanges.seq }) => target.with(...fences).insert(table).select(query).returning(fields).then(loseFirst) }),
        }),
      })
    },
  })
  return { db, lostAnswers: () => lostAnswers }
}

test('changes of which the commit was answered by nothing are written once, and those after them too', async () => {
  const { db, lostAnswers } = losing(2)
  const recorder = record(await lease('a'), db)
  recorder.record([line('one'), line('two')])
  await recorder.settled()
  recorder.record([line('three')])
  await recorder.settled()
  expect(await inDatabase()).toEqual([[1, 'one'], [2, 'two'], [3, 'three']])
  expect(seqs(stored)).toEqual([1, 2, 3])
  expect(recorder.problem()).toBeNull()
  expect(lostAnswers()).toBe(2)
})

test('a write that comes through after it had been given up is not written over', async () => {
  const epoch = await lease('a')
  const late = record(epoch)
  const recorder = record(epoch)
  late.record([line('one'), line('two')])
  await late.settled()
  recorder.record([line('one'), line('two'), line('three')])
  await recorder.settled()
  expect(await inDatabase()).toEqual([[1, 'one'], [2, 'two']])
  expect(lost).toBe(1)
})

test('changes that come while others are being written follow them in order', async () => {
  const recorder = record(await lease('a'))
  for (const message of ['one', 'two', 'three', 'four']) recorder.record([line(message)])
  await recorder.settled()
  expect((await inDatabase()).map(([seq]) => seq)).toEqual([1, 2, 3, 4])
  expect(seqs(stored)).toEqual([1, 2, 3, 4])
  expect((await findRunById(database.db, run.id))?.seq).toBe(4)
})

test('a holder that was outrun writes nothing, tells nobody, and learns of it', async () => {
  const frozen = record(await lease('a'))
  const successor = record(await lease('b'))
  successor.record([line('by the successor')])
  await successor.settled()
  frozen.record([line('late')])
  await frozen.settled()
  expect(await inDatabase()).toEqual([[1, 'by the successor']])
  expect(stored).toHaveLength(1)
  expect(lost).toBe(1)
})

test('the host clock jumping back never puts a change before an earlier one', async () => {
  const times = [5_000, 1_000]
  const jumping = { ...timers, now: () => times.shift() ?? 1_000 }
  const epoch = await lease('a')
  const recorder = createRecorder({ db: database.db, runId: run.id, epoch, state: { ...emptyRun, lastAtMs: 9_000 }, wasOver: false, timers: jumping, log: quiet, onStored: (changes) => stored.push(...changes), onLost: () => {} })
  recorder.record([line('one')])
  recorder.record([line('two')])
  await recorder.settled()
  expect(stored.map(({ atMs }) => atMs)).toEqual([9_000, 9_000])
})

test('a record that was over is open again with the change that says so, and a copy that somebody agrees to since stays', async () => {
  const told = (status: string): NewRunChange => ({ kind: 'run', body: { status, currentBatch: null, numOfBatches: null, progressPercentage: null, erredAtMs: null, stoppedAtMs: null, completedAtMs: null } })
  const row = () => findRunById(database.db, run.id)
  await setRunKept(database.db, run.id, { isKept: true, sealedToken: 'v1.key.first' })
  const ending = record(await lease('a'))
  ending.record([told('COMPLETED')])
  await ending.settled()
  expect(await row()).toMatchObject({ endedAt: expect.any(Date), sealedToken: null })

  const recorder = record(await lease('b'), database.db, { state: ending.state(), wasOver: true })
  recorder.record([line('before the run is read')])
  await recorder.settled()
  expect(await row(), 'nothing has said that it is on').toMatchObject({ endedAt: expect.any(Date) })
  recorder.record([told('IN_PROGRESS')])
  await recorder.settled()
  expect(await row()).toMatchObject({ endedAt: null, status: 'IN_PROGRESS', isKept: false, sealedToken: null })
  await setRunKept(database.db, run.id, { isKept: true, sealedToken: 'v1.key.second' })
  recorder.record([line('later')])
  await recorder.settled()
  expect(await row()).toMatchObject({ endedAt: null, isKept: true, sealedToken: 'v1.key.second' })
})
