import { afterAll, beforeAll, expect, it } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { POST as launch } from '@/app/api/clusters/[clusterId]/launches/route'
import { DELETE as deleteRun, GET as readRun } from '@/app/api/clusters/[clusterId]/migrations/[migrationId]/route'
import { GET as readKit } from '@/app/api/clusters/[clusterId]/migrations/[migrationId]/rollback-kit/route'
import { GET as readRuns } from '@/app/api/clusters/[clusterId]/migrations/route'
import { GET as readNodes } from '@/app/api/clusters/[clusterId]/nodes/route'
import { launchAnswer } from '@/lib/contract/launch-answer'
import { nodesAnswer } from '@/lib/contract/nodes'
import { problem } from '@/lib/contract/problem'
import { rollbackKitAnswer } from '@/lib/contract/rollback'
import { runRecord, runsAnswer } from '@/lib/contract/run'
import { call, signedInCookie, startApp, type TestApp } from '@/tests/support/app'
import { launchBody } from '@/tests/support/launch-body'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

const params = { clusterId: 'o-demo0001' }
let simulator: TestSimulator
let app: TestApp
let cookie = ''

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 24, speed: 20 })
  app = await startApp({ spotApiUrl: simulator.baseUrl, settings: { SLIPWAY_POLL_INTERVAL_MS: '250' } })
  cookie = await signedInCookie(auth)
})
afterAll(async () => {
  await app?.close()
  await simulator?.close()
})

it('a run is deleted by its typed id once it is over, and is then known from Spot’s list only', async () => {
  const { nodes } = nodesAnswer.parse(await (await call(readNodes, { cookie, params })).json())
  const nodeNames = nodes.filter(({ readiness }) => readiness === 'ready').slice(0, 2).map(({ nodeName }) => nodeName)
  const body = await launchBody(cookie, params.clusterId, { nodeNames, comment: 'wave 1' })
  const { migrationId = '' } = launchAnswer.parse(await (await call(launch, { method: 'POST', cookie, params, body })).json())
  const at = { ...params, migrationId: migrationId ?? '' }
  const remove = (confirm: string, options = {}) => call(deleteRun, { method: 'DELETE', cookie, params: at, body: { confirm }, ...options })
  const codeOf = async (response: Response) => problem.parse(await response.json()).code
  const listed = async (as: string) => runsAnswer.parse(await (await call(readRuns, { cookie: as, params })).json()).runs.find((run) => run.migrationId === at.migrationId)
  const record = async () => runRecord.parse(await (await call(readRun, { cookie, params: at })).json())

  expect(await codeOf(await remove(at.migrationId)), 'while it is on').toBe('migration_in_progress')
  const colleague = await signedInCookie(auth, { token: 'second-token' })
  for (const reader of [cookie, colleague]) expect(await listed(reader), 'lists from while it is on').toMatchObject({ source: 'slipway' })
  await simulator.admin.time({ speed: 1_200 })
  await expect.poll(async () => (await record()).freshness.state, { timeout: 30_000 }).toBe('ended')

  expect((await remove(at.migrationId, { headers: { origin: 'https://evil.example' } })).status).toBe(403)
  expect((await remove(at.migrationId, { cookie: '' })).status).toBe(401)
  expect((await remove(at.migrationId, { headers: { 'content-type': 'text/plain' } })).status).toBe(415)
  expect(await codeOf(await remove('scr-00000000'))).toBe('invalid_input')
  expect(await codeOf(await remove(`${at.migrationId} `))).toBe('invalid_input')
  const stranger = await signedInCookie(auth, { token: 'other-org-token', accountId: 'act-other001' })
  expect([403, 404]).toContain((await remove(at.migrationId, { cookie: stranger })).status)
  expect((await record()).run, 'nothing of that deleted anything').toMatchObject({ source: 'slipway', comment: 'wave 1' })

  expect((await remove(at.migrationId)).status).toBe(200)
  expect(rollbackKitAnswer.parse(await (await call(readKit, { cookie, params: at })).json()).kit).toBeNull()
  expect(await listed(cookie)).toMatchObject({ source: 'api', startedBy: null, status: 'COMPLETED' })
  expect(await listed(colleague), 'an older list does not begin a new record').toMatchObject({ source: 'api' })
  expect((await record()).run).toMatchObject({ source: 'api' })
  expect(await codeOf(await remove(at.migrationId)), 'there is no record of it any more').toBe('not_found')

  const again = launchAnswer.parse(await (await call(launch, { method: 'POST', cookie, params, body })).json())
  expect(again.migrationId, 'the same launch key still starts nothing').toBe(at.migrationId)
})
