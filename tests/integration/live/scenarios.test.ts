import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { foldRun } from '@/lib/domain/progress/state'
import { getRun } from '@/lib/services/get-run'
import { startMigration } from '@/lib/services/start-migration'
import { scenarioNames } from '@/lib/simulator/scenarios/table'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { clusterId, emptyTables, fastTimers, startBench, type Bench } from './support/bench'
import { expectLedger } from './support/ledger'

let database: TestDatabase
let directory: string
let bench: Bench | undefined

beforeAll(async () => {
  database = await openTestDatabase()
  directory = await mkdtemp(path.join(os.tmpdir(), 'slipway-scenarios-'))
})
afterAll(async () => {
  await database.remove()
  await rm(directory, { recursive: true, force: true })
})
beforeEach(() => emptyTables(database))
afterEach(() => bench?.close())

/** This scenario's wire has a word of its own for a moved node and one that moves; the record keeps it and counts it as unknown. */
const unknownWords: Record<string, string> = { IN_PROGRESS: 'DRAINING', REPLACED: 'REPLACED_PENDING_CLEANUP' }

/** Ten nodes, those of `npbatch` among them: where a cluster has pods without an owner, some stand there. */
const tenNodes = async (on: Bench) => {
  const { data } = await (await on.contextFor()).spot.discover(clusterId)
  const batch = data.filter(({ nodePoolName }) => nodePoolName === 'npbatch').slice(0, 4)
  return [...batch, ...data.filter((node) => !batch.includes(node))].slice(0, 10).map(({ nodeName }) => nodeName)
}

/** A run of a small cluster to its end. What went before the first look is not known, and at full speed that is the first minute of the run. */
const record = async (scenario: (typeof scenarioNames)[number], isKubeRead: boolean) => {
  const timers = fastTimers(1)
  const on = await startBench({ connection: async () => database, timers, headersMs: 2_000, flags: { scenario, nodes: 40, pods: undefined, speed: 1 }, ...(isKubeRead ? { kubeconfigFile: path.join(directory, `${scenario}.json`) } : {}) })
  bench = on
  const ctx = await on.contextFor()
  const { migrationId } = await startMigration({ ctx, input: { clusterId, request: await on.request(10, { nodeNames: await tenNodes(on) }) } })
  const id = migrationId as string
  const recorded = async () => (await getRun({ ctx, input: { clusterId, migrationId: id } })).changes
  timers.pace(20)
  await expect.poll(async () => foldRun(await recorded()).landing.looks.length, { timeout: 30_000 }).toBeGreaterThan(0)
  await on.admin.time({ speed: 3_000 })
  await expect.poll(async () => (await database.sql`select ended_at from runs`)[0]?.ended_at ?? null, { timeout: 60_000 }).not.toBeNull()
  const truth = (await on.admin.runs())[id]
  if (truth === undefined) throw new Error(`the twin knows no run ${id}`)
  return { on, id, compared: { changes: await recorded(), truth, wallOf: timers.wallOf, isKubeRead, ...(scenario === 'unknown-status' ? { onWire: (status: string) => unknownWords[status] ?? status } : {}) } }
}

test.each(scenarioNames)('the replayed record of scenario %s is what the twin itself knows of nodes, pods and capacity', async (scenario) => {
  const { on, id, compared } = await record(scenario, true)
  const state = await expectLedger(on, id, compared)
  expect(state.nodes.size).toBe(10)
  if (scenario === 'mixed') expect(compared.truth.lostPods, 'there was something to lose').not.toEqual([])
}, 90_000)

test('without Kubernetes the record says of pods that they are not known, and of all else the same', async () => {
  const { on, id, compared } = await record('mixed', false)
  await expectLedger(on, id, compared)
}, 90_000)
