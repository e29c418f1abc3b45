import { afterAll, beforeAll, expect, it } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { POST as launch } from '@/app/api/clusters/[clusterId]/launches/route'
import { PUT as keepRecording } from '@/app/api/clusters/[clusterId]/migrations/[migrationId]/recording/route'
import { GET as readRun } from '@/app/api/clusters/[clusterId]/migrations/[migrationId]/route'
import { GET as readNodes } from '@/app/api/clusters/[clusterId]/nodes/route'
import { GET as readRecordings } from '@/app/api/session/recordings/route'
import { DELETE as signOut } from '@/app/api/session/route'
import { launchAnswer } from '@/lib/contract/launch-answer'
import { nodesAnswer } from '@/lib/contract/nodes'
import { runRecord } from '@/lib/contract/run'
import { recordingsAnswer } from '@/lib/contract/session'
import { findRun } from '@/lib/db/queries/runs'
import { call, signedInCookie, startApp, type TestApp } from '@/tests/support/app'
import { launchBody } from '@/tests/support/launch-body'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

const params = { clusterId: 'o-demo0001' }
let simulator: TestSimulator
let app: TestApp

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 24, speed: 1 })
  app = await startApp({ spotApiUrl: simulator.baseUrl, settings: { SLIPWAY_POLL_INTERVAL_MS: '250' } })
})
afterAll(async () => {
  await app?.close()
  await simulator?.close()
})

const recordingsOf = async (cookie: string) => recordingsAnswer.parse(await (await call(readRecordings, { cookie })).json()).recordings

it('sign-out names the runs that keep the token, and takes the copies back when asked to', async () => {
  const cookie = await signedInCookie(auth)
  expect(await recordingsOf(cookie)).toEqual([])
  const { nodes } = nodesAnswer.parse(await (await call(readNodes, { cookie, params })).json())
  const body = await launchBody(cookie, params.clusterId, { nodeNames: nodes.slice(0, 2).map(({ nodeName }) => nodeName) })
  const launched = launchAnswer.parse(await (await call(launch, { method: 'POST', cookie, params, body })).json())
  const migrationId = launched.migrationId ?? ''
  expect(await recordingsOf(cookie)).toEqual([{ ...params, migrationId }])

  const other = await signedInCookie(auth, { token: 'second-token' })
  expect(await recordingsOf(other), 'somebody else’s token is not theirs to take back').toEqual([])

  const stored = async () => findRun((await app.server.database()).db, { accountId: 'act-demo0001', ...params, migrationId })
  expect((await stored())?.sealedToken).not.toBeNull()
  expect((await call(signOut, { method: 'DELETE', cookie, path: '/api/session?withdraw=1', body: {} })).status).toBe(200)
  expect((await stored())?.sealedToken).toBeNull()
  await expect.poll(() => app.server.live.counts().watchers).toBe(0)

  const opened = runRecord.parse(await (await call(readRun, { cookie: other, params: { ...params, migrationId } })).json())
  expect(opened.run.migrationId).toBe(migrationId)
  expect((await stored())?.sealedToken, 'whoever looks has agreed to nothing').toBeNull()
  expect(await recordingsOf(other)).toEqual([])
  expect((await call(keepRecording, { method: 'PUT', cookie: other, params: { ...params, migrationId }, body: { isKept: true } })).status).toBe(200)
  await expect.poll(() => app.server.live.counts().watchers, { message: 'the next one who agrees goes on with the record' }).toBe(1)
  expect(await recordingsOf(other)).toEqual([{ ...params, migrationId }])
})
