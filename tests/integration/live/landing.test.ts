import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { ledgerOf } from '@/lib/domain/outcome/ledger'
import { leftoversOf } from '@/lib/domain/outcome/leftovers'
import { foldRun } from '@/lib/domain/progress/state'
import { getRun } from '@/lib/services/get-run'
import { startMigration } from '@/lib/services/start-migration'
import type { ScenarioName } from '@/lib/simulator/scenarios/table'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import type { LaunchChoices } from '@/tests/support/reviewed-launch'
import { repeats } from '@/tests/support/soak'
import { clusterId, emptyTables, fastTimers, startBench, type Bench } from './support/bench'

let database: TestDatabase
let directory: string
let bench: Bench | undefined

beforeAll(async () => {
  database = await openTestDatabase()
  directory = await mkdtemp(path.join(os.tmpdir(), 'slipway-landing-'))
})
afterAll(async () => {
  await database.remove()
  await rm(directory, { recursive: true, force: true })
})
beforeEach(() => emptyTables(database))
afterEach(() => bench?.close())

/** A run of a scenario to its end: its record, and what the twin knows. */
const runOf = async (scenario: ScenarioName, { isConnected = true, count = 10, choose = undefined as undefined | ((opened: Bench) => Promise<LaunchChoices>), nodes = 40, pods = undefined as number | undefined, speed = 1_500, pace = 20 } = {}) => {
  const timers = fastTimers(1)
  bench = await startBench({ connection: async () => database, timers, flags: { scenario, nodes, pods, speed: 1 }, ...(isConnected ? { kubeconfigFile: path.join(directory, `${scenario}.json`) } : {}) })
  const ctx = await bench.contextFor()
  const { migrationId } = await startMigration({ ctx, input: { clusterId, request: await bench.request(count, await choose?.(bench)) } })
  timers.pace(pace)
  const id = migrationId as string
  const recorded = async () => (await getRun({ ctx, input: { clusterId, migrationId: id } })).changes
  // What went before the first look is not known, and at full speed that is the first minute of the run.
  await expect.poll(async () => foldRun(await recorded()).landing.looks.length, { timeout: 60_000 }).toBeGreaterThan(0)
  await bench.admin.time({ speed })
  await expect.poll(async () => (await database.sql`select ended_at from runs`)[0]?.ended_at ?? null, { timeout: 280_000 }).not.toBeNull()
  const { changes, options } = await getRun({ ctx, input: { clusterId, migrationId: id } })
  const state = foldRun(changes)
  const { data: listed } = await ctx.spot.listNodes(clusterId, { fresh: true })
  const twin = (await bench.admin.runs())[id]
  return { state, changes, ledger: ledgerOf(state), left: leftoversOf(state, options.shouldTerminateNodes), listed, twin, ctx }
}
type Ended = Awaited<ReturnType<typeof runOf>>

const countIn = ({ ledger }: Ended, id: string) => ledger.nodes.find((line) => line.id === id)?.nodes.length ?? 0
const twinCount = ({ twin }: Ended, status: string) => Object.values(twin?.nodes ?? {}).filter((one) => one === status).length
const oldNodesOf = ({ state, listed }: Ended) => listed.filter(({ nodeName }) => state.nodes.has(nodeName)).map(({ nodeName }) => nodeName)

/** What holds of every run, whatever happened in it. */
const holdsAlways = (ended: Ended) => {
  const { state, ledger, listed } = ended
  const names = new Set(listed.map(({ nodeName }) => nodeName))
  expect(ledger.nodes.reduce((sum, { nodes }) => sum + nodes.length, 0), 'each node stands in one line').toBe(state.nodes.size)
  for (const { nodes } of ledger.nodes.filter(({ id }) => id === 'vanished')) for (const { nodeName } of nodes) expect(names, 'vanished is gone').not.toContain(nodeName)
  expect(state.landing.looks[0]).toMatchObject({ batch: 0, problem: null })
  expect(state.landing.looks.at(-1)).toMatchObject({ isLast: true, problem: null })
  const batches = state.landing.looks.filter(({ isLast }) => !isLast).map(({ batch }) => batch)
  expect(new Set(batches).size, 'one look for a batch').toBe(batches.length)
  for (const node of state.landing.newNodes.values()) {
    const there = listed.find(({ nodeName }) => nodeName === node.nodeName)
    if (there) expect(node).toMatchObject({ lifecycle: there.lifeCycle, vngId: there.virtualNodeGroupId, zone: there.availabilityZone, vmSize: there.vmSize })
  }
}

test('where the nodes of a calm run landed is told as Spot has them, and its pods are not pending', async () => {
  // A machine that is busy needs a second for Kubernetes, and the last look waits fifteen by this clock.
  const ended = await runOf('calm', { pace: 5 })
  holdsAlways(ended)
  const { ledger, left, state } = ended
  expect(countIn(ended, 'moved')).toBe(twinCount(ended, 'REPLACED'))
  expect(ledger.capacity?.nodes).toBeGreaterThan(0)
  expect(ledger.capacity?.groups.every(({ target }) => target !== null)).toBe(true)
  expect(ledger.pods.pending.state).toBe('known')
  expect(ledger.pods.left).toBeGreaterThan(0)
  expect(state.landing.workloads.size).toBeGreaterThan(0)
  expect(left.filter(({ id }) => id !== 'alive')).toEqual([])
}, 120_000)

test('without Kubernetes pods are unknown, and nodes and capacity are told all the same', async () => {
  const ended = await runOf('calm', { isConnected: false })
  holdsAlways(ended)
  expect(ended.ledger.pods.pending).toEqual({ state: 'unknown', why: 'Kubernetes was not connected at the last look' })
  expect(ended.ledger.capacity?.nodes).toBeGreaterThan(0)
}, 120_000)

test('a node that disappeared has vanished, not only failed', async () => {
  const ended = await runOf('node-vanishes')
  holdsAlways(ended)
  expect(countIn(ended, 'vanished')).toBe(1)
  expect(countIn(ended, 'failed')).toBe(twinCount(ended, 'COULD_NOT_BE_REPLACED') - 1)
}, 120_000)

test('budgets that hold everything skip everything, and nothing came', async () => {
  const ended = await runOf('pdb-skips-everything-but-completes')
  holdsAlways(ended)
  expect(countIn(ended, 'skippedByBudget')).toBe(twinCount(ended, 'NOT_REPLACED_DUE_TO_PDB'))
  expect(countIn(ended, 'moved')).toBe(0)
}, 120_000)

/** The nodes of `npbatch`, on which pods restrict scale down by label and by annotation, in a run that respects that. */
const respectful = async (opened: Bench): Promise<LaunchChoices> => {
  const { spot } = await opened.contextFor()
  const { data } = await spot.discover(clusterId)
  const nodeNames = data.flatMap(({ nodeName, nodePoolName }) => (nodePoolName === 'npbatch' ? [nodeName] : []))
  return { nodeNames, options: { ...defaultMigrationOptions, batchSizePercentage: 50, respectPdb: false, respectRestrictScaleDown: true } }
}

test.each([
  ['told as held by pods with Kubernetes', true, 'heldByPods'],
  ['not migrated by Spot alone, which gives no cause', false, 'untouched'],
] as const)('nodes that pods hold by restrict scale down are %s', async (_, isConnected, line) => {
  const ended = await runOf('mixed', { isConnected, choose: respectful })
  holdsAlways(ended)
  const held = Object.entries(ended.twin?.nodes ?? {}).flatMap(([name, status]) => (status === 'NOT_REPLACED_DUE_TO_RSD' ? [name] : []))
  expect(held.length).toBeGreaterThan(1)
  expect(ended.state.nodes.get(held[0] ?? '')?.status).toBe('DID_NOT_REPLACE')
  const told = ended.ledger.nodes.find(({ id }) => id === line)?.nodes.map(({ nodeName }) => nodeName) ?? []
  expect(told.toSorted()).toEqual(held.toSorted())
}, 120_000)

test('without capacity nothing landed', async () => {
  const ended = await runOf('no-capacity')
  holdsAlways(ended)
  expect(ended.ledger.capacity).toMatchObject({ nodes: 0, spotShare: null })
}, 120_000)

test('nodes that Azure refuses to delete are left alive or empty, each with a command', async () => {
  const ended = await runOf('cannot-terminate')
  holdsAlways(ended)
  const told = ended.left.flatMap(({ nodes }) => nodes.map(({ nodeName }) => nodeName))
  const there = oldNodesOf(ended)
  expect(told.length).toBeGreaterThan(0)
  for (const name of told) expect(there).toContain(name)
  const moved = [...ended.state.nodes.values()].filter(({ nodeName, status }) => status === 'REPLACED' && there.includes(nodeName)).map(({ nodeName }) => nodeName)
  expect(ended.left.find(({ id }) => id === 'alive')?.nodes.map(({ nodeName }) => nodeName) ?? []).toEqual(moved)
  for (const { commands } of ended.left) expect(commands.length).toBeGreaterThan(0)
}, 120_000)

test.each([
  ['stop-mid-drain', false],
  ['uncordon-fails', true],
] as const)('after %s, nodes are told as cordoned only where Kubernetes says so (%s)', async (scenario, isLeft) => {
  // As above: the last look must have read Kubernetes.
  const ended = await runOf(scenario, { pace: 5 })
  holdsAlways(ended)
  const cordoned = ended.left.flatMap(({ nodes }) => nodes).filter(({ isCordoned }) => isCordoned === true)
  expect(cordoned.length > 0).toBe(isLeft)
  expect(countIn(ended, 'untouched')).toBe(twinCount(ended, 'DID_NOT_REPLACE'))
}, 120_000)

test('a new spot node that Azure takes back while the run goes on is told as gone', async () => {
  const ended = await runOf('spot-eviction-of-a-new-node', { speed: 300 })
  holdsAlways(ended)
  const gone = [...ended.state.landing.newNodes.values()].filter(({ goneAtMs }) => goneAtMs !== null)
  for (const { nodeName } of gone) expect(ended.listed.map((node) => node.nodeName)).not.toContain(nodeName)
}, 120_000)

// Names of pods are most of a record; thirty are what a node takes under Azure CNI unless one asks for more.
test('a run with thirty pods on each of its nodes costs less than two kilobytes a node to record, looks included: two megabytes for a thousand', async () => {
  const count = repeats(250, 1_000)
  const ended = await runOf('calm', { count, nodes: count * 1.5, pods: count * 42, speed: 80 })
  expect(ended.state.nodes.size).toBe(count)
  expect(ended.state.landing.newNodes.size).toBeGreaterThan(0)
  const pods = [...ended.state.nodes.values()].reduce((sum, { podsAtFirst }) => sum + (podsAtFirst ?? 0), 0)
  expect(pods / count, 'pods of a node').toBeGreaterThan(28)
  const [row] = await database.sql`select pg_total_relation_size('run_changes')::int as stored`
  expect(row?.stored).toBeLessThan(2_000 * count)
}, 300_000)
