import { afterAll, beforeAll, expect, it } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { POST as launch } from '@/app/api/clusters/[clusterId]/launches/route'
import { GET as readKit } from '@/app/api/clusters/[clusterId]/migrations/[migrationId]/rollback-kit/route'
import { GET as readNodes } from '@/app/api/clusters/[clusterId]/nodes/route'
import { PUT as keepLimits } from '@/app/api/clusters/[clusterId]/pool-limits/route'
import { GET as readFacts } from '@/app/api/clusters/[clusterId]/rollback-facts/route'
import { launchAnswer } from '@/lib/contract/launch-answer'
import { nodesAnswer } from '@/lib/contract/nodes'
import { problem } from '@/lib/contract/problem'
import { rollbackFactsAnswer, rollbackKitAnswer } from '@/lib/contract/rollback'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'
import { call, signedInCookie, startApp, type TestApp } from '@/tests/support/app'
import { launchBody } from '@/tests/support/launch-body'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

const params = { clusterId: 'o-demo0001' }
let simulator: TestSimulator
let app: TestApp
let cookie = ''

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 20 })
  app = await startApp({ spotApiUrl: simulator.baseUrl })
  cookie = await signedInCookie(auth)
})

afterAll(async () => {
  await app?.close()
  await simulator?.close()
})

const kitOf = async (migrationId: string) => rollbackKitAnswer.parse(await (await call(readKit, { cookie, params: { ...params, migrationId } })).json()).kit
const keep = (text: string) => call(keepLimits, { method: 'PUT', cookie, params, body: { text } })

type Raw = { response: { items: Record<string, unknown>[] } }

/** What Spot answers, as it stands on the wire. */
const raw = async (path: string) => {
  const response = await fetch(`${simulator.baseUrl}/ocean/azure/np/${path}accountId=act-demo0001`, { headers: { authorization: 'Bearer demo-token' } })
  return ((await response.json()) as Raw).response.items
}

it('what was there before a launch is kept with it, and what is pasted later does not change it', async () => {
  const before = rollbackFactsAnswer.parse(await (await call(readFacts, { cookie, params })).json())
  expect(before.limits).toBeNull()
  expect([before.cordoned, before.scaled], 'Kubernetes is not connected').toEqual([null, null])
  const [served] = await raw(`cluster/${params.clusterId}?`)
  expect(before.vngs, 'every field of every group').toEqual(await raw(`virtualNodeGroup?oceanId=${params.clusterId}&`))
  expect(before.vngs?.length).toBeGreaterThan(0)
  expect(served?.virtualNodeGroupTemplate).toBeDefined()
  expect(before.template).toEqual(served?.virtualNodeGroupTemplate)
  const { nodes } = nodesAnswer.parse(await (await call(readNodes, { cookie, params })).json())
  const ready = nodes.filter(({ readiness }) => readiness === 'ready')
  const [pool] = ready.map(({ poolName }) => poolName)
  expect(before.pools).toContainEqual({ poolName: pool, nodes: nodes.filter(({ poolName }) => poolName === pool).length })

  expect(problem.parse(await (await keep('ERROR: not logged in')).json())).toMatchObject({ code: 'invalid_input', issues: [{ path: 'text' }] })
  const kept = rollbackFactsAnswer.parse(await (await keep(`{"name":"${pool}","enableAutoScaling":true,"minCount":1,"maxCount":9,"count":3}`)).json())
  expect(kept.limits).toMatchObject({ pools: [{ name: pool, minCount: 1, maxCount: 9 }], pastedBy: 'Ada' })

  const nodeNames = ready.slice(0, 2).map(({ nodeName }) => nodeName)
  const body = await launchBody(cookie, params.clusterId, { nodeNames, comment: 'wave 1' })
  const { migrationId } = launchAnswer.parse(await (await call(launch, { method: 'POST', cookie, params, body })).json())
  await keep(`{"name":"${pool}","count":0,"enableAutoScaling":false}`)
  const kit = await kitOf(migrationId ?? '')
  const poolNames = [...new Set(ready.slice(0, 2).map(({ poolName }) => poolName))].sort()
  expect(kit).toMatchObject({ startedBy: 'Ada', selection: { kind: 'nodes', names: nodeNames }, poolNames, options: defaultMigrationOptions, comment: 'wave 1' })
  expect(kit?.facts).toMatchObject({ pools: before.pools, vngs: before.vngs, template: before.template, limits: { pools: [{ maxCount: 9 }] } })
})

it('limits of pools that another plan names are kept beside the new ones, each with who pasted it', async () => {
  const colleague = await signedInCookie(auth, { token: 'second-token', displayName: 'Bob' })
  await keep('[{"name":"npone","count":1},{"name":"nptwo","count":2}]')
  const response = await call(keepLimits, { method: 'PUT', cookie: colleague, params, body: { text: '[{"name":"nptwo","count":3},{"name":"npthree","count":4}]' } })
  const { limits } = rollbackFactsAnswer.parse(await response.json())
  const kept = limits?.pools.filter(({ name }) => ['npone', 'nptwo', 'npthree'].includes(name))
  expect(kept).toEqual([{ name: 'npone', count: 1, pastedBy: 'Ada', pastedAtMs: expect.any(Number) }, { name: 'npthree', count: 4 }, { name: 'nptwo', count: 3 }])
  expect(limits?.pastedBy).toBe('Bob')
  expect(kept?.[0]?.pastedAtMs).toBeLessThanOrEqual(limits?.pastedAtMs ?? 0)
})

it('a run that nobody launched here has no kit, and another account sees none', async () => {
  expect(await kitOf('scr-00000000')).toBeNull()
  const stranger = await signedInCookie(auth, { token: 'other-org-token', accountId: 'act-other001' })
  expect((await call(readKit, { cookie: stranger, params: { ...params, migrationId: 'scr-00000000' } })).status).toBeGreaterThanOrEqual(400)
  expect((await call(keepLimits, { method: 'PUT', cookie: stranger, params, body: { text: '{"name":"x","count":1}' } })).status).toBeGreaterThanOrEqual(400)
})
