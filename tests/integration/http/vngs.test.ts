import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { GET as readNodes } from '@/app/api/clusters/[clusterId]/nodes/route'
import { GET as readSizes } from '@/app/api/clusters/[clusterId]/vngs/[vngId]/vm-sizes/route'
import { DELETE as remove, GET as read, PUT as update } from '@/app/api/clusters/[clusterId]/vngs/[vngId]/route'
import { POST as importPool } from '@/app/api/clusters/[clusterId]/vngs/import/route'
import { GET as list, POST as create } from '@/app/api/clusters/[clusterId]/vngs/route'
import { nodesAnswer, vngsAnswer } from '@/lib/contract/nodes'
import { problem } from '@/lib/contract/problem'
import { importAnswer, savedVng, vmSizesAnswer, vngAnswer } from '@/lib/contract/vngs'
import { call, signedInCookie, startApp, type TestApp } from '@/tests/support/app'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

const clusterId = 'o-demo0001'
const params = { clusterId }
let simulator: TestSimulator
let app: TestApp
let cookie = ''

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 30 })
  app = await startApp({ spotApiUrl: simulator.baseUrl })
  cookie = await signedInCookie(auth)
})

afterEach(() => simulator.admin.clearFaults())

afterAll(async () => {
  await app?.close()
  await simulator?.close()
})

const post = (body: unknown, options = {}) => call(create, { method: 'POST', cookie, params, body, ...options })
const put = (vngId: string, body: unknown, options = {}) => call(update, { method: 'PUT', cookie, params: { clusterId, vngId }, body, ...options })
const drop = (vngId: string, options = {}) => call(remove, { method: 'DELETE', cookie, params: { clusterId, vngId }, ...options })
const readOne = async (vngId: string) => vngAnswer.parse(await (await call(read, { cookie, params: { clusterId, vngId } })).json())
const groups = async () => vngsAnswer.parse(await (await call(list, { cookie, params })).json()).vngs
const problemOf = async (response: Response) => problem.parse(await response.json())
const make = async (body: Record<string, unknown>) => savedVng.parse(await (await post(body)).json())
const writes = async () => (await simulator.admin.journal()).filter(({ method, path }) => method !== 'GET' && path.includes('/virtualNodeGroup'))
const unmatched = async () => nodesAnswer.parse(await (await call(readNodes, { cookie, params })).json()).nodes.filter(({ match }) => match.kind === 'none')

describe('a group is made', () => {
  it('from what Spot imports of a pool, after which the pool’s nodes match it', async () => {
    const [node] = await unmatched()
    const imported = importAnswer.parse(await (await call(importPool, { method: 'POST', cookie, params, body: { poolName: node?.poolName } })).json())
    expect(imported.document).toMatchObject({ name: node?.poolName })
    const { oceanId, ...group } = imported.document
    expect(oceanId).toBe(clusterId)
    const saved = await make(group)
    expect((await groups()).map(({ id }) => id)).toContain(saved.vngId)
    expect((await unmatched()).filter(({ poolName }) => poolName === node?.poolName)).toEqual([])
  })

  it('with every field the API has, and read back with them', async () => {
    const group = { name: 'full', labels: { team: 'red' }, tags: { owner: 'me' }, autoScale: { autoHeadroomPercentage: 5 }, scheduling: { shutdownHours: { isEnabled: false } }, nodeCountLimits: { maxCount: 7 } }
    const { vngId } = await make(group)
    const { document, template } = await readOne(vngId)
    expect(document).toMatchObject({ ...group, nodeCountLimits: { minCount: 0, maxCount: 7 } })
    expect(template?.nodeCountLimits.maxCount).toBe(1000)
  })

  it('once, although the answer is lost: the list tells that it was made', async () => {
    await simulator.admin.fault({ pathContains: '/virtualNodeGroup', method: 'POST', effect: { kind: 'reset-after' } })
    const saved = savedVng.parse(await (await post({ name: 'lost' })).json())
    expect((await groups()).filter(({ name }) => name === 'lost').map(({ id }) => id)).toEqual([saved.vngId])
  })

  it('not a second time under the same name', async () => {
    const before = (await writes()).length
    const refused = await post({ name: 'vng-web' })
    expect(refused.status).toBe(400)
    expect((await problemOf(refused)).issues).toEqual([{ path: 'name', message: 'A virtual node group of this name is already there.' }])
    expect(await writes()).toHaveLength(before)
  })
})

describe('a group is refused before anything is sent', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['without a name', {}, 'name'],
    ['with a built-in label', { name: 'x', labels: { 'kubernetes.azure.com/mode': 'user' } }, 'labels.kubernetes.azure.com/mode'],
    ['with a label of Spot', { name: 'x', labels: { 'spotinst.io/node-lifecycle': 'od' } }, 'labels.spotinst.io/node-lifecycle'],
    ['with the taint of spot nodes', { name: 'x', taints: [{ key: 'kubernetes.azure.com/scalesetpriority', value: 'spot', effect: 'NoSchedule' }] }, 'taints.0.key'],
    ['with a taint of a node’s condition', { name: 'x', taints: [{ key: 'node.kubernetes.io/not-ready', effect: 'NoExecute' }] }, 'taints.0.key'],
    ['with an effect as nodes spell it', { name: 'x', taints: [{ key: 'a', effect: 'NO_SCHEDULE' }] }, 'taints.0.effect'],
    ['with a value no node could carry', { name: 'x', labels: { team: 'red green' } }, 'labels.team'],
    ['with a draining timeout below 300 s', { name: 'x', strategy: { drainingTimeout: 299 } }, 'strategy.drainingTimeout'],
    ['with a field that does not exist', { name: 'x', lables: {} }, 'lables'],
    ['with an id of its own', { name: 'x', id: 'vng-1' }, 'id'],
  ])('%s', async (_, body, path) => {
    const before = (await writes()).length
    const refused = await post(body)
    expect(refused.status).toBe(400)
    expect((await problemOf(refused)).issues?.map((issue) => issue.path)).toContain(path)
    expect(await writes()).toHaveLength(before)
  })

  it('from another site, without a session, as a form, in another account, or for a malformed id', async () => {
    const before = (await writes()).length
    expect((await post({ name: 'x' }, { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect((await post({ name: 'x' }, { cookie: '' })).status).toBe(401)
    expect((await post({ name: 'x' }, { headers: { 'content-type': 'text/plain' } })).status).toBe(415)
    expect((await drop('vng-1', { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect((await put('../o-demo0001', { name: 'x' })).status).toBe(404)
    expect((await post({ name: 'x' }, { params: { clusterId: 'o-othr0001' } })).status).toBe(404)
    expect(await writes()).toHaveLength(before)
  })
})

describe('a group is changed', () => {
  it('only in what is named, and back to the template by a null', async () => {
    const { vngId } = await make({ name: 'changing', nodeCountLimits: { maxCount: 9 }, strategy: { spotPercentage: 10 } })
    await put(vngId, { strategy: { drainingTimeout: 1200 } })
    expect((await readOne(vngId)).document).toMatchObject({ name: 'changing', nodeCountLimits: { maxCount: 9 }, strategy: { spotPercentage: 10, drainingTimeout: 1200 } })
    await put(vngId, { strategy: { spotPercentage: null } })
    expect((await readOne(vngId)).document).toMatchObject({ strategy: { spotPercentage: 100, drainingTimeout: 1200 } })
  })

  it('with what Spot refuses told at its field', async () => {
    const { vngId } = await make({ name: 'refused' })
    const refused = await put(vngId, { nodeCountLimits: { minCount: 5, maxCount: 2 } })
    expect(refused.status).toBe(422)
    expect((await problemOf(refused)).issues).toEqual([{ path: 'nodeCountLimits', message: 'minCount must not be greater than maxCount' }])
  })

  it('not by an empty request, nor through a cluster that it does not belong to', async () => {
    const { vngId } = await make({ name: 'elsewhere' })
    expect((await put(vngId, {})).status).toBe(400)
    expect((await put(vngId, { name: 'y' }, { params: { clusterId: 'o-demo0002', vngId } })).status).toBe(404)
    expect((await drop(vngId, { params: { clusterId: 'o-demo0002', vngId } })).status).toBe(404)
    expect((await readOne(vngId)).document.name).toBe('elsewhere')
  })
})

describe('a group is deleted', () => {
  it('when it is empty, and then gone', async () => {
    const { vngId } = await make({ name: 'short-lived' })
    expect((await drop(vngId)).status).toBe(200)
    expect((await groups()).map(({ id }) => id)).not.toContain(vngId)
    expect((await drop(vngId)).status).toBe(404)
  })

  it('not while nodes run in it, whose number is told', async () => {
    const web = (await groups()).find(({ name }) => name === 'vng-web')
    const refused = await drop(web?.id ?? '')
    expect(refused.status).toBe(409)
    const { code, detail, facts } = await problemOf(refused)
    expect(code).toBe('vng_in_use')
    expect(Number(facts?.nodes)).toBeGreaterThan(0)
    expect(detail).toMatch(/^\d+ nodes? still runs? in vng-web/)
    expect((await writes()).filter(({ method, path }) => method === 'DELETE' && path.endsWith(web?.id ?? ''))).toEqual([])
  })
})

it('the sizes of a group follow its filters', async () => {
  const { vngId } = await make({ name: 'sized', vmSizes: { filters: { minVCpu: 8, maxVCpu: 8 } } })
  const { sizes } = vmSizesAnswer.parse(await (await call(readSizes, { cookie, params: { clusterId, vngId } })).json())
  expect(sizes.length).toBeGreaterThan(0)
  expect(sizes.every((size) => /\d*8/.test(size))).toBe(true)
})

it('a token that may only read is refused for every write, and says so', async () => {
  const reader = await signedInCookie(auth, { token: 'readonly-token' })
  const [group] = await groups()
  const { vngId } = await make({ name: 'guarded' })
  expect(group).toBeDefined()
  for (const refused of [await post({ name: 'by-reader' }, { cookie: reader }), await put(vngId, { name: 'z' }, { cookie: reader }), await drop(vngId, { cookie: reader })]) {
    expect(refused.status).toBe(403)
    expect((await problemOf(refused)).code).toBe('token_not_permitted')
  }
  expect((await readOne(vngId)).document.name).toBe('guarded')
})
