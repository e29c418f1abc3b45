import { afterAll, beforeAll, expect, it } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { GET as readShare } from '@/app/api/clusters/[clusterId]/managed-share/route'
import { GET as readCluster } from '@/app/api/clusters/[clusterId]/route'
import { clusterAnswer } from '@/lib/contract/clusters'
import { managedShareAnswer } from '@/lib/contract/managed-share'
import { call, signedInCookie, startApp, type TestApp } from '@/tests/support/app'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

const params = { clusterId: 'o-demo0001' }
let simulator: TestSimulator
let app: TestApp
let cookie = ''

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 24 })
  app = await startApp({ spotApiUrl: simulator.baseUrl })
  cookie = await signedInCookie(auth)
})
afterAll(async () => {
  await app?.close()
  await simulator?.close()
})

const share = async () => managedShareAnswer.parse(await (await call(readShare, { cookie, params })).json())

it('opening a cluster counts its managed nodes, once however often it is asked for, and only who can read it sees that', async () => {
  expect((await share()).points).toEqual([])
  for (let index = 0; index < 5; index += 1) await call(readCluster, { cookie, params })
  await expect.poll(async () => (await share()).points.length).toBe(1)
  const { cluster } = clusterAnswer.parse(await (await call(readCluster, { cookie, params })).json())
  expect((await share()).points).toMatchObject([cluster.nodes ?? {}])
  const stranger = await signedInCookie(auth, { token: 'other-org-token', accountId: 'act-other001' })
  expect([403, 404]).toContain((await call(readShare, { cookie: stranger, params })).status)
  expect((await call(readShare, { params })).status).toBe(401)
})
