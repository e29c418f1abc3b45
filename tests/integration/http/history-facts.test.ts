import { afterAll, beforeAll, expect, it } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { GET as readHistory } from '@/app/api/clusters/[clusterId]/history-facts/route'
import { POST as launch } from '@/app/api/clusters/[clusterId]/launches/route'
import { GET as readRun } from '@/app/api/clusters/[clusterId]/migrations/[migrationId]/route'
import { GET as readNodes } from '@/app/api/clusters/[clusterId]/nodes/route'
import { historyFactsAnswer } from '@/lib/contract/history-facts'
import { launchAnswer } from '@/lib/contract/launch-answer'
import { nodesAnswer } from '@/lib/contract/nodes'
import { runRecord } from '@/lib/contract/run'
import { runs } from '@/lib/db/schema/runs'
import { learnReading } from '@/lib/domain/batches/learn'
import { call, signedInCookie, startApp, type TestApp } from '@/tests/support/app'
import { launchBody } from '@/tests/support/launch-body'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

const params = { clusterId: 'o-demo0001' }
let simulator: TestSimulator
let app: TestApp
let cookie = ''

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 40, speed: 10 })
  app = await startApp({ spotApiUrl: simulator.baseUrl, settings: { SLIPWAY_POLL_INTERVAL_MS: '250' } })
  cookie = await signedInCookie(auth)
})

afterAll(async () => {
  await app?.close()
  await simulator?.close()
})

const history = async (clusterId = params.clusterId, asWho = cookie) => historyFactsAnswer.parse(await (await call(readHistory, { cookie: asWho, params: { clusterId } })).json())

it('a run recorded here teaches how the batch size is read and how long its pools take', async () => {
  expect(await history()).toEqual({ evidence: [], times: { runs: 0, batches: [], pools: [] } })
  const { nodes, clusterNodes: nodeCount } = nodesAnswer.parse(await (await call(readNodes, { cookie, params })).json())
  const nodeNames = nodes.filter(({ readiness }) => readiness === 'ready').slice(0, 6).map(({ nodeName }) => nodeName)
  const body = await launchBody(cookie, params.clusterId, { nodeNames })
  const { migrationId } = launchAnswer.parse(await (await call(launch, { method: 'POST', cookie, params, body })).json())
  // Nodes are counted at the first look, which a busy machine takes after new ones have come.
  const { db } = await app.server.database()
  await expect.poll(async () => (await db.select().from(runs))[0]?.clusterNodes ?? null, { timeout: 30_000 }).not.toBeNull()
  await simulator.admin.time({ speed: 200 })
  const record = async () => runRecord.parse(await (await call(readRun, { cookie, params: { ...params, migrationId: migrationId ?? '' } })).json())
  await expect.poll(async () => (await record()).run.endedAtMs, { timeout: 60_000 }).not.toBeNull()
  const { evidence, times } = await history()
  expect(evidence).toMatchObject([{ migrationId, selected: 6, percentage: 20, numOfBatches: 3, clusterNodes: nodeCount }])
  expect(learnReading(evidence)).toMatchObject({ state: 'learned', holds: ['fixed'] })
  expect(times.runs).toBe(1)
  expect(times.batches.length).toBeGreaterThan(0)
  expect(times.pools.reduce((sum, pool) => sum + pool.nodes, 0)).toBeGreaterThan(0)
}, 90_000)

it('other clusters of the account learn the reading, and keep their own pools', async () => {
  const { evidence, times } = await history('o-demo0002')
  expect(evidence).toHaveLength(1)
  expect(times.batches.length).toBeGreaterThan(0)
  expect(times.pools).toEqual([])
})

it('a token that cannot read the cluster of a run learns from its figures, without a name', async () => {
  const { db } = await app.server.database()
  await db.update(runs).set({ clusterId: 'o-demo0002' })
  const limited = await signedInCookie(auth, { token: 'limited-token' })
  expect((await history(params.clusterId, limited)).evidence).toMatchObject([{ migrationId: null, clusterId: null, startedAtMs: null, selected: 6, numOfBatches: 3 }])
  await db.update(runs).set({ clusterId: params.clusterId })
})

it('other accounts of the organisation learn from the figures, without a name', async () => {
  const staging = await signedInCookie(auth, { accountId: 'act-demo0002' })
  const { evidence, times } = await history('o-stag0001', staging)
  expect(evidence).toMatchObject([{ migrationId: null, clusterId: null, startedAtMs: null, selected: 6, numOfBatches: 3 }])
  expect(learnReading(evidence)).toMatchObject({ state: 'learned', holds: ['fixed'] })
  expect(times).toMatchObject({ runs: 1, pools: [] })
})

it('another organisation learns nothing', async () => {
  const other = await signedInCookie(auth, { token: 'other-org-token', accountId: 'act-other001' })
  expect(await history('o-othr0001', other)).toEqual({ evidence: [], times: { runs: 0, batches: [], pools: [] } })
})
