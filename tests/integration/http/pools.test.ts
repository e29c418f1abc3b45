import { afterAll, beforeAll, expect, it } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { POST as launch } from '@/app/api/clusters/[clusterId]/launches/route'
import { GET as readRun } from '@/app/api/clusters/[clusterId]/migrations/[migrationId]/route'
import { GET as readRuns } from '@/app/api/clusters/[clusterId]/migrations/route'
import { launchReview, reviewOfRequest, type LaunchRequest } from '@/lib/contract/launch'
import { launchAnswer } from '@/lib/contract/launch-answer'
import { planHash } from '@/lib/contract/plan-hash'
import { problem } from '@/lib/contract/problem'
import { runRecord, runsAnswer } from '@/lib/contract/run'
import { onlyNodes } from '@/lib/domain/plan/reviewed'
import { createMigrationBody, defaultMigrationOptions, migration } from '@/lib/spot/schemas/migration'
import { namesIn } from '@/tests/integration/simulator/support/runs'
import { call as callSpot, demoCluster, readItems } from '@/tests/integration/simulator/support/call'
import { call, signedInCookie, startApp, type TestApp } from '@/tests/support/app'
import { launchBody } from '@/tests/support/launch-body'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

const clusterId = 'o-demo0001'
const params = { clusterId }
let simulator: TestSimulator
let app: TestApp
let cookie = ''

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 40, speed: 60 })
  app = await startApp({ spotApiUrl: simulator.baseUrl, settings: { SLIPWAY_POLL_INTERVAL_MS: '250' } })
  cookie = await signedInCookie(auth)
})
afterAll(async () => {
  await app?.close()
  await simulator?.close()
})

const post = (body: LaunchRequest) => call(launch, { method: 'POST', cookie, params, body })
const sent = async () => (await simulator.admin.journal()).filter(({ method, path }) => method === 'POST' && path.endsWith('/migration'))

/** The launch as it would be by somebody who has not seen this node. */
const withoutNode = async (body: LaunchRequest, nodeName: string): Promise<LaunchRequest> => {
  const whole = reviewOfRequest(body)
  const reviewed = onlyNodes(whole, whole.nodeNames.filter((name) => name !== nodeName))
  return { ...body, reviewed, planHash: await planHash(reviewed, body) }
}

it('pools in which a node is that nobody has reviewed are not sent, and the node is named', async () => {
  const body = await launchBody(cookie, clusterId, { nodePoolNames: ['npweb'] })
  const [joined = ''] = await namesIn(simulator, 'npweb')
  const refused = await post(await withoutNode(body, joined))
  const { code, attachment } = problem.parse(await refused.json())
  expect(code).toBe('plan_changed')
  expect(launchReview.parse(attachment).differences).toEqual([{ kind: 'added', nodeNames: [joined] }])
  expect(await sent()).toEqual([])
})

it('pools that were reviewed are sent as pools alone; the run is over their nodes, and its record keeps the pools', async () => {
  const nodePoolNames = ['npapi', 'npbatch']
  const nodeNames = [...(await namesIn(simulator, 'npapi')), ...(await namesIn(simulator, 'npbatch'))]
  const answer = await post(await launchBody(cookie, clusterId, { nodePoolNames, comment: 'wave 2' }))
  const { migrationId } = launchAnswer.parse(await answer.json())
  expect(await sent()).toHaveLength(1)

  const [started] = await readItems(migration, simulator.baseUrl, `${demoCluster}/migration/${migrationId}`)
  expect(started?.oldNodes.map(({ nodeName }) => nodeName).sort()).toEqual(nodeNames.sort())

  const record = runRecord.parse(await (await call(readRun, { cookie, params: { clusterId, migrationId: migrationId ?? '' } })).json())
  expect(record.run).toMatchObject({ nodePoolNames, comment: 'wave 2', source: 'slipway' })
  expect(record.options).toEqual({ ...defaultMigrationOptions, planHash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  const { runs } = runsAnswer.parse(await (await call(readRuns, { cookie, params })).json())
  expect(runs.find((run) => run.migrationId === migrationId)?.nodePoolNames).toEqual(nodePoolNames)
  await callSpot(simulator.baseUrl, `${demoCluster}/migration/${migrationId}/stop`, { method: 'PUT' })
})

it('both lists at once are refused here as by Spot', async () => {
  const body = await launchBody(cookie, clusterId, { nodePoolNames: ['npweb'] })
  const refused = await post({ ...body, nodeNames: await namesIn(simulator, 'npweb') })
  expect(problem.parse(await refused.json()).issues?.map(({ path }) => path)).toContain('nodePoolNames')
  expect(createMigrationBody.safeParse({ ...defaultMigrationOptions, nodeNames: ['a'], nodePoolNames: ['b'] }).success).toBe(false)
  expect(await sent()).toHaveLength(1)
})
