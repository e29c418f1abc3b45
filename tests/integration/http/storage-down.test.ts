import { afterAll, beforeAll, expect, it } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { GET as readClusters } from '@/app/api/clusters/route'
import { GET as health } from '@/app/api/health/route'
import { GET as ready } from '@/app/api/ready/route'
import { problem } from '@/lib/contract/problem'
import { call, signedInCookie, startApp, type TestApp } from '@/tests/support/app'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

let simulator: TestSimulator
let app: TestApp

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 3 })
  app = await startApp({ spotApiUrl: simulator.baseUrl })
})

afterAll(async () => {
  await app?.close()
  await simulator?.close()
})

it('lets nobody in while the database is gone, and the process still answers', async () => {
  const cookie = await signedInCookie(auth)
  expect((await call(readClusters, { cookie })).status).toBe(200)
  await (await app.server.database()).close()
  const refused = await call(readClusters, { cookie })
  expect(refused.status).toBe(503)
  const text = await refused.text()
  expect(problem.parse(JSON.parse(text))).toMatchObject({ code: 'storage_unavailable' })
  expect(text).not.toMatch(/select|sessions|postgres|ECONN/i)
  expect((await call(ready)).status).toBe(503)
  expect((await call(health)).status).toBe(200)
})
