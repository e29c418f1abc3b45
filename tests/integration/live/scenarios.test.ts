import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { countOutcomes, countsOf, foldRun } from '@/lib/domain/progress/state'
import { getRun } from '@/lib/services/get-run'
import { startMigration } from '@/lib/services/start-migration'
import { scenarioNames } from '@/lib/simulator/scenarios/table'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { clusterId, emptyTables, startBench, type Bench } from './support/bench'
import { seqs, upTo } from './support/events'

let database: TestDatabase
let bench: Bench | undefined

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.remove())
beforeEach(() => emptyTables(database))
afterEach(() => bench?.close())

/** Only about the size of what is there, not about how a run goes. */
const isAboutSize = new Set<string>(['huge', 'many-old-runs'])

test.each(scenarioNames.filter((name) => !isAboutSize.has(name)))('the record of scenario %s ends with what the twin itself knows of every node', async (scenario) => {
  bench = await startBench({ connection: async () => database, flags: { scenario, nodes: 40, speed: 3_000 } })
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
}, 90_000)
