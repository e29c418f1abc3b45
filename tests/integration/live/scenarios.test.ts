import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { countOutcomes, countsOf, foldRun, type RunState } from '@/lib/domain/progress/state'
import { isFinalNode } from '@/lib/domain/run-rules'
import { getRun } from '@/lib/services/get-run'
import { startMigration } from '@/lib/services/start-migration'
import { scenarioNames } from '@/lib/simulator/scenarios/table'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { clusterId, emptyTables, fastTimers, startBench, type Bench } from './support/bench'
import { seqs, upTo } from './support/events'

const clockTimes = 20

let database: TestDatabase
let bench: Bench | undefined

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.remove())
beforeEach(() => emptyTables(database))
afterEach(() => bench?.close())

type Course = Awaited<ReturnType<Bench['admin']['runs']>>[string]['course']

/** Epoch milliseconds of the right time, for those of a clock that runs faster. Exact to a millisecond or two. */
const wallOf = ({ timers }: Bench) => {
  const [wallMs, fastMs] = [Date.now(), timers.now()]
  return (atMs: number) => wallMs - (fastMs - atMs) / clockTimes
}

/** A time of the record, and from when on it was so in the twin; null where either knows of none. It was to be seen until `untilMs`; null: for good. */
type Pair = { nodeName: string; seenMs: number | null; trueMs: number | null; untilMs: number | null }

const pairsOf = (state: RunState, course: Course): Pair[] =>
  [...state.nodes.values()].flatMap(({ nodeName, startedAtMs, endedAtMs }) => {
    const steps = course.filter((step) => step.nodeName === nodeName)
    const isBegun = steps.some(({ status }) => status !== 'DID_NOT_REPLACE')
    const untouched = steps.find(({ status }) => status === 'DID_NOT_REPLACE')
    return [
      { nodeName, seenMs: startedAtMs, trueMs: isBegun ? (steps[0]?.atMs ?? null) : null, untilMs: untouched?.atMs ?? null },
      { nodeName, seenMs: endedAtMs, trueMs: steps.find(({ status }) => isFinalNode(status))?.atMs ?? null, untilMs: null },
    ]
  })

/**
 * The reading that told it was the first that could: no other one lies between what happened and what was seen.
 * What came and went between two readings is told as not seen.
 */
const expectWithinOnePoll = async (on: Bench, state: RunState, { id, course }: { id: string; course: Course }) => {
  const toWall = wallOf(on)
  const readings = (await on.upstream('GET', `/${id}`)).filter(({ status }) => status === 200).map(({ atMs }) => atMs)
  for (const { nodeName, seenMs, trueMs, untilMs } of pairsOf(state, course)) {
    if (seenMs === null && trueMs !== null && untilMs !== null) expect(readings.filter((atMs) => atMs > trueMs && atMs < untilMs), `readings that did not see ${nodeName} begin`).toEqual([])
    else expect(seenMs === null, `${nodeName} is timed where the twin has a time`).toBe(trueMs === null)
    if (seenMs === null || trueMs === null) continue
    expect(toWall(seenMs) + 3, `${nodeName} is not seen before it happens`).toBeGreaterThanOrEqual(trueMs)
    expect(readings.filter((atMs) => atMs > trueMs && atMs < toWall(seenMs)).length, `readings that passed over ${nodeName}`).toBeLessThanOrEqual(1)
  }
}

/** Only about the size of what is there, not about how a run goes. */
const isAboutSize = new Set<string>(['huge', 'many-old-runs'])

test.each(scenarioNames.filter((name) => !isAboutSize.has(name)))('the record of scenario %s ends with what the twin itself knows of every node', async (scenario) => {
  bench = await startBench({ connection: async () => database, timers: fastTimers(clockTimes), flags: { scenario, nodes: 40, speed: 3_000 } })
  const ctx = await bench.contextFor()
  const { migrationId } = await startMigration({ ctx, input: { clusterId, request: await bench.request(10) } })
  const id = migrationId as string
  await expect.poll(async () => (await database.sql`select ended_at from runs`)[0]?.ended_at ?? null, { timeout: 60_000 }).not.toBeNull()
  const { changes } = await getRun({ ctx, input: { clusterId, migrationId: id } })
  const state = foldRun(changes)
  const twin = (await bench.admin.runs())[id]
  // This scenario's wire has a word of its own for a moved node; the record keeps it and counts it as unknown.
  const onWire = (status: string) => (scenario === 'unknown-status' && status === 'REPLACED' ? 'REPLACED_PENDING_CLEANUP' : status)
  const expected = Object.entries(twin?.nodes ?? {}).map(([nodeName, status]) => ({ nodeName, status: onWire(status) }))
  expect(state.facts?.status).toBe(twin?.status)
  expect(expected).toHaveLength(10)
  expect(Object.fromEntries([...state.nodes].map(([name, { status }]) => [name, status]))).toEqual(Object.fromEntries(expected.map(({ nodeName, status }) => [nodeName, status])))
  expect(countsOf(state)).toEqual(countOutcomes(expected))
  expect(seqs(changes)).toEqual(upTo(changes.length))
  expect(state.gaps).toEqual([])
  const course = twin?.course ?? []
  for (const { nodeName, batch } of state.nodes.values()) if (batch !== null) expect(batch, `batch of ${nodeName}`).toBe(course.find((step) => step.nodeName === nodeName)?.batch)
  if (scenario !== 'unknown-status') await expectWithinOnePoll(bench, state, { id, course })
}, 90_000)
