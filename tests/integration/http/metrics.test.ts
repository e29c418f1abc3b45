import { afterAll, beforeAll, expect, it } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { GET as readNodes } from '@/app/api/clusters/[clusterId]/nodes/route'
import { GET as readClusters } from '@/app/api/clusters/route'
import { GET as readMetrics } from '@/app/api/metrics/route'
import { call, signedInCookie, startApp, type TestApp } from '@/tests/support/app'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

const metricsToken = 'scrape-0123456789abcdef'
const params = { clusterId: 'o-demo0001' }
let simulator: TestSimulator
let app: TestApp
let cookie = ''

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 5, rateLimit: 500 })
  app = await startApp({ spotApiUrl: simulator.baseUrl, settings: { SLIPWAY_METRICS_TOKEN: metricsToken } })
  cookie = await signedInCookie(auth)
})

afterAll(async () => {
  await app?.close()
  await simulator?.close()
})

const scrape = (authorization: string) => call(readMetrics, { headers: { authorization } })
const valueOf = (text: string, series: string) => Number(text.split('\n').find((line) => line.startsWith(`${series} `))?.split(' ').at(-1))

it('counts calls, budget, watchers, viewers, lag and errors', async () => {
  await call(readNodes, { cookie, params })
  await call(readClusters)
  const answer = await scrape(`Bearer ${metricsToken}`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
  const text = await answer.text()
  expect(valueOf(text, 'slipway_upstream_calls_total{route="discover",outcome="ok"}')).toBe(1)
  expect(text).toContain('# TYPE slipway_upstream_held_back_total counter')
  expect(valueOf(text, 'slipway_upstream_budget_left{route="discover"}')).toBe(499)
  expect(valueOf(text, 'slipway_upstream_budget_limit{route="discover"}')).toBe(500)
  expect(valueOf(text, 'slipway_errors_total{code="not_signed_in"}')).toBe(1)
  expect([valueOf(text, 'slipway_watchers'), valueOf(text, 'slipway_viewers'), valueOf(text, 'slipway_watch_lag_seconds')]).toEqual([0, 0, 0])
  for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [\d.]+)$/)
})

it('names no account, organization, cluster, person or token', async () => {
  await simulator.admin.token({ token: 'demo-token', isRevoked: true })
  await call(readNodes, { cookie, params, path: '/api?refresh=1' })
  await simulator.admin.token({ token: 'demo-token', isRevoked: false })
  const text = await (await scrape(`Bearer ${metricsToken}`)).text()
  expect(text).not.toMatch(/act-|org-|\bo-demo|Ada|demo-token|scr-|aks-/)
  expect(text).not.toContain(metricsToken)
})

it.each(['', 'Bearer ', `Bearer ${metricsToken}x`, metricsToken])('refuses the authorization "%s"', async (authorization) => {
  const refused = await scrape(authorization)
  expect(refused.status).toBe(401)
  expect(await refused.text()).not.toContain('slipway_')
})

it('sends the id of each request along to the upstream', async () => {
  await simulator.admin.clearJournal()
  app.server.transport.forgetToken('demo-token')
  const answer = await call(readNodes, { cookie, params })
  const asked = await simulator.admin.journal()
  expect(asked.length).toBeGreaterThan(0)
  for (const { requestId } of asked) expect(requestId).toBe(answer.headers.get('x-request-id'))
})
