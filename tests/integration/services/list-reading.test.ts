import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { getCluster } from '@/lib/services/get-cluster'
import type { Context } from '@/lib/services/context'
import { listClusters } from '@/lib/services/list-clusters'
import { listRuns } from '@/lib/services/list-runs'
import { createSpotClient } from '@/lib/spot/client'
import { systemClock } from '@/lib/spot/clock'
import { createSpotTransport, type SpotTransport } from '@/lib/spot/transport'
import { accountId, clusterId, emptyTables, startBench, type Bench } from '@/tests/integration/live/support/bench'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'

const secondMs = 1_000
const minuteMs = 60 * secondMs

let database: TestDatabase
let bench: Bench
let transport: SpotTransport
let aheadMs = 0

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.remove())

beforeEach(async () => {
  await emptyTables(database)
  bench = await startBench({ connection: async () => database })
  aheadMs = 0
  const clock = { ...systemClock, wallMs: () => Date.now() + aheadMs, monotonicMs: () => performance.now() + aheadMs }
  transport = createSpotTransport({ baseUrl: (await bench.contextFor()).installation.upstream, clock })
})
afterEach(async () => {
  await transport.close()
  await bench.close()
})

/** Somebody whose time passes only when it is moved. */
const someone = async (token = 'demo-token'): Promise<Context> => ({
  ...(await bench.contextFor({ name: token, token })),
  spot: createSpotClient(transport, { token, accountId, organizationId: null }),
  now: () => Date.now() + aheadMs,
})
/** What a page of a cluster asks for again and again: the cluster for the shell, and its runs. */
const look = (ctx: Context, isRefresh = false) => Promise.all([getCluster({ ctx, input: { clusterId } }), listRuns({ ctx, input: { clusterId, isRefresh } })])
const lists = async () => (await bench.upstream('GET', '/migration')).length

test('the list of migrations is read when a cluster is opened, and every five minutes at the most while somebody looks', async () => {
  const ctx = await someone()
  await Promise.all(Array.from({ length: 10 }, () => look(ctx)))
  expect(await lists(), 'when it is opened').toBe(1)
  for (; aheadMs < 4.5 * minuteMs; aheadMs += 15 * secondMs) await look(ctx)
  expect(await lists(), 'within five minutes').toBe(1)
  for (; aheadMs < 60 * minuteMs; aheadMs += 20 * secondMs) await look(ctx)
  const inAnHour = await lists()
  expect(inAnHour).toBeLessThanOrEqual(12)
  expect(inAnHour, 'runs that begin elsewhere are found').toBeGreaterThanOrEqual(11)
})

test('a person who asks for it gets it read anew, and asking again and again does not', async () => {
  const ctx = await someone()
  await look(ctx)
  aheadMs += minuteMs
  const [, shared] = await look(ctx)
  expect(shared.fetchedAtMs - (shared.listedAtMs ?? 0), 'a list that was shared is as old as it says').toBeGreaterThanOrEqual(minuteMs)
  for (let asked = 0; asked < 10; asked += 1) await look(ctx, true)
  expect(await lists()).toBe(2)
})

test('the nodes of every cluster are read for their list once a minute at the most, however often it is asked for', async () => {
  const ctx = await someone()
  const nodeLists = async () => (await bench.upstream('GET', '/nodes')).length
  const { clusters } = await listClusters({ ctx, input: undefined })
  const before = await nodeLists()
  expect(before).toBe(clusters.length)
  for (; aheadMs < 59 * secondMs; aheadMs += 5 * secondMs) await listClusters({ ctx, input: undefined })
  expect(await nodeLists()).toBe(before)
  aheadMs = 61 * secondMs
  await listClusters({ ctx, input: undefined })
  expect(await nodeLists()).toBe(2 * before)
})

test('nobody looks, nothing is read', async () => {
  await look(await someone())
  aheadMs += 60 * minuteMs
  await bench.live.resume()
  expect(await lists()).toBe(1)
})
