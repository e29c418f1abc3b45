import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { DELETE as release, GET as list, POST as hold } from '@/app/api/clusters/[clusterId]/holds/route'
import { POST as launch } from '@/app/api/clusters/[clusterId]/launches/route'
import { GET as readNode } from '@/app/api/clusters/[clusterId]/nodes/[nodeName]/route'
import { GET as readNodes } from '@/app/api/clusters/[clusterId]/nodes/route'
import { GET as readReadiness } from '@/app/api/clusters/[clusterId]/readiness/route'
import { holdsAnswer, releaseAnswer, type HoldRequest } from '@/lib/contract/holds'
import { nodeDetail } from '@/lib/contract/node-detail'
import { nodesAnswer, type NodeRow } from '@/lib/contract/nodes'
import { problem } from '@/lib/contract/problem'
import { readinessAnswer } from '@/lib/contract/readiness'
import { call, signedInCookie, startApp, type CallOptions, type TestApp } from '@/tests/support/app'
import { launchBody } from '@/tests/support/launch-body'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

const clusterId = 'o-demo0001'
const params = { clusterId }
let simulator: TestSimulator
let app: TestApp
let [cookie, colleague, readOnly, limited, elsewhere] = ['', '', '', '', '']
let node: NodeRow

const holdsOf = async (response: Response) => holdsAnswer.parse(await response.json()).holds
const holds = async (as = cookie) => holdsOf(await call(list, { cookie: as, params }))
const post = (change: Partial<Record<keyof HoldRequest, unknown>> = {}, options: CallOptions = {}) =>
  call(hold, { method: 'POST', cookie, params, body: { kind: 'node', names: [node.nodeName], reason: 'kernel upgrade', endsAtMs: null, ...change }, ...options })
const drop = (holdIds: string[], options: CallOptions = {}) => call(release, { method: 'DELETE', cookie, params, body: { holdIds }, ...options })
const problemOf = async (response: Response) => problem.parse(await response.json())

const nodesAs = async (as = cookie) => nodesAnswer.parse(await (await call(readNodes, { cookie: as, params })).json())
/** Name → why, of the nodes that the rows and the second answer both show as held. */
const heldAs = async (as = cookie): Promise<Record<string, string | undefined>> => {
  const [rows, second] = [await nodesAs(as), readinessAnswer.parse(await (await call(readReadiness, { cookie: as, params })).json())]
  const why = ({ nodes, findings }: Pick<typeof second, 'nodes' | 'findings'>) =>
    Object.fromEntries(nodes.flatMap(({ nodeName, readiness, findings: places }) => (readiness === 'held' ? [[nodeName, findings[places[0] ?? -1]?.sentence]] : [])))
  expect(why(second)).toEqual(why(rows))
  return why(rows)
}

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 30 })
  app = await startApp({ spotApiUrl: simulator.baseUrl })
  cookie = await signedInCookie(auth)
  colleague = await signedInCookie(auth, { token: 'second-token', displayName: 'Bob' })
  readOnly = await signedInCookie(auth, { token: 'readonly-token', displayName: 'Rea' })
  limited = await signedInCookie(auth, { token: 'limited-token', displayName: 'Lim' })
  elsewhere = await signedInCookie(auth, { token: 'other-org-token', accountId: 'act-other001', displayName: 'Eve' })
  const found = (await nodesAs()).nodes.find(({ poolName, readiness }) => poolName === 'npweb' && readiness === 'ready')
  if (found === undefined) throw new Error('The demo has no ready node in npweb.')
  node = found
})
afterEach(async () => {
  const left = await holds()
  if (left.length > 0) await drop(left.map(({ holdId }) => holdId))
})
afterAll(async () => {
  await app?.close()
  await simulator?.close()
})

describe('a hold', () => {
  it('is seen by every session of the account that can read the cluster, with who and why', async () => {
    const held = await holdsOf(await post({ reason: '  kernel upgrade ' }))
    expect(held).toEqual([expect.objectContaining({ kind: 'node', name: node.nodeName, reason: 'kernel upgrade', heldBy: 'Ada', endsAtMs: null })])
    expect(await holds(colleague)).toEqual(held)
    expect(await holds(readOnly)).toEqual(held)
    const sentence = { [node.nodeName]: 'Held on purpose: “kernel upgrade”, by Ada, until released.' }
    expect(await heldAs()).toEqual(sentence)
    expect(await heldAs(colleague)).toEqual(sentence)
    const detail = nodeDetail.parse(await (await call(readNode, { cookie: colleague, params: { clusterId, nodeName: node.nodeName } })).json())
    expect(detail).toMatchObject({ readiness: 'held', findings: [{ id: 'held-by-person', sentence: sentence[node.nodeName] }] })
  })

  it('on a pool holds each of its nodes and no other', async () => {
    const { nodes } = await nodesAs()
    const ofPool = nodes.filter(({ poolName }) => poolName === 'npweb').map(({ nodeName }) => nodeName)
    await post({ kind: 'pool', names: ['npweb'] })
    const held = await heldAs()
    expect(Object.keys(held).sort()).toEqual([...ofPool].sort())
    expect(ofPool.length).toBeGreaterThan(1)
    expect(held[node.nodeName]).toBe('Held on purpose: “kernel upgrade”, by Ada for pool npweb, until released.')
  })

  it('is replaced by whoever has seen it and means it, and by nobody else', async () => {
    const [first] = await holdsOf(await post())
    const endsAtMs = Date.now() + 3_600_000
    const change = { reason: 'index rebuild', endsAtMs }
    for (const replaces of [undefined, [randomUUID()]])
      expect(await problemOf(await post({ ...change, replaces }, { cookie: colleague }))).toMatchObject({ status: 409, code: 'selection_held', facts: { nodeNames: [node.nodeName] }, detail: expect.stringContaining('is held already: “kernel upgrade”, by Ada, until released.') })
    expect(await holds()).toEqual([first])
    const replaced = await holdsOf(await post({ ...change, replaces: [first?.holdId] }, { cookie: colleague }))
    expect(replaced).toEqual([expect.objectContaining({ name: node.nodeName, reason: 'index rebuild', heldBy: 'Bob', endsAtMs })])
    expect((await drop([first?.holdId ?? ''])).status).toBe(404)
    expect(await holds()).toEqual(replaced)
  })

  it('counts no more once it has ended', async () => {
    await post({ endsAtMs: Date.now() + 1_500 })
    expect(Object.keys(await heldAs())).toEqual([node.nodeName])
    await expect.poll(holds, { timeout: 5_000 }).toEqual([])
    expect(await heldAs()).toEqual({})
  })

  it('is released by a colleague, once', async () => {
    const [placed] = await holdsOf(await post())
    expect(await holdsOf(await drop([placed?.holdId ?? ''], { cookie: colleague }))).toEqual([])
    expect(await heldAs()).toEqual({})
    expect(await problemOf(await drop([placed?.holdId ?? '']))).toMatchObject({ code: 'not_found', detail: expect.stringContaining('no longer there') })
  })

  it('is released together with others, and what has gone meanwhile is no obstacle', async () => {
    const { nodes } = await nodesAs()
    const placed = await holdsOf(await post({ names: nodes.slice(0, 5).map(({ nodeName }) => nodeName) }))
    expect(placed).toHaveLength(5)
    const answer: unknown = await (await drop([...placed.slice(0, 4).map(({ holdId }) => holdId), randomUUID()])).json()
    expect(releaseAnswer.parse(answer)).toMatchObject({ holds: placed.slice(4), released: 4 })
  })

  it('names each node once, though it was named twice', async () => {
    expect(await holdsOf(await post({ names: [node.nodeName, node.nodeName, 'aks-gone-1'] }))).toHaveLength(2)
  })
})

describe('another account', () => {
  it('neither sees, places nor releases a hold of this one', async () => {
    const [placed] = await holdsOf(await post())
    for (const response of [await call(list, { cookie: elsewhere, params }), await post({ reason: 'x' }, { cookie: elsewhere }), await drop([placed?.holdId ?? ''], { cookie: elsewhere })])
      expect([403, 404]).toContain(response.status)
    expect(await holds()).toEqual([placed])
  })

  it('and a token that may not read the cluster are refused alike', async () => {
    const edge = { clusterId: 'o-demo0002' }
    expect([403, 404]).toContain((await call(list, { cookie: limited, params: edge })).status)
    expect([403, 404]).toContain((await post({}, { cookie: limited, params: edge })).status)
    expect(await holdsOf(await call(list, { cookie, params: edge }))).toEqual([])
  })
})

describe('a hold is refused', () => {
  it.each([
    ['without a reason', { reason: '  ' }, 'reason'],
    ['with a reason of 201 characters', { reason: 'x'.repeat(201) }, 'reason'],
    ['with a reason of two lines', { reason: 'kernel\nupgrade' }, 'reason'],
    ['with a control character in the reason', { reason: 'kernel\u0007upgrade' }, 'reason'],
    ['without a name', { names: [] }, 'names'],
    ['with 5,001 names', { names: Array.from({ length: 5_001 }, (_, index) => `node-${index}`) }, 'names'],
    ['with an end that is past', { endsAtMs: 1 }, 'endsAtMs'],
    ['with an end in ten years', { endsAtMs: Date.now() + 10 * 366 * 24 * 3_600_000 }, 'endsAtMs'],
    ['on something else', { kind: 'cluster' }, 'kind'],
  ])('%s', async (_, change, path) => {
    const refused = await post(change)
    expect(refused.status).toBe(400)
    expect((await problemOf(refused)).issues?.map((issue) => issue.path)).toEqual([path])
    expect(await holds()).toEqual([])
  })

  it('from another site, and without a session', async () => {
    expect((await post({}, { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect((await post({}, { cookie: '' })).status).toBe(401)
    expect((await call(list, { params })).status).toBe(401)
    expect((await drop([randomUUID()], { cookie: '' })).status).toBe(401)
    expect((await drop(['all'])).status).toBe(400)
    expect((await drop([])).status).toBe(400)
    expect((await drop([randomUUID()])).status).toBe(404)
  })
})

describe('a launch', () => {
  const start = async (selection: { nodeNames?: string[]; nodePoolNames?: string[] }) =>
    call(launch, { method: 'POST', cookie: colleague, params, body: await launchBody(colleague, clusterId, selection) })
  const sent = async () => (await simulator.admin.journal()).filter(({ method, path }) => method === 'POST' && path.endsWith('/migration'))
  const other = async () => (await nodesAs()).nodes.find(({ nodeName, poolName, readiness }) => readiness === 'ready' && poolName === 'npweb' && nodeName !== node.nodeName)?.nodeName ?? ''

  it.each([
    ['a held node', { kind: 'node' as const }, 'is held'],
    ['a node of a held pool', { kind: 'pool' as const, names: ['npweb'] }, 'are held'],
  ])('with %s is refused, naming it, before anything is sent', async (_, change, words) => {
    const names = [node.nodeName, await other()]
    await post(change)
    const refused = await start({ nodeNames: names })
    expect(refused.status).toBe(409)
    const held = change.kind === 'node' ? [node.nodeName] : names
    expect(await problemOf(refused)).toMatchObject({ code: 'selection_held', facts: { nodeNames: expect.arrayContaining(held) }, detail: expect.stringMatching(new RegExp(`^${held.length} of 2 selected nodes ${words}: .*“kernel upgrade”, by Ada`)) })
    expect(await sent()).toEqual([])
  })

  it.each([
    ['a held pool', { kind: 'pool' as const, names: ['npweb'] }],
    ['a pool with one held node', { kind: 'node' as const }],
  ])('of %s is refused', async (_, change) => {
    await post(change)
    const refused = await start({ nodePoolNames: ['npweb'] })
    expect(await problemOf(refused)).toMatchObject({ status: 409, code: 'selection_held', facts: { nodePoolNames: ['npweb'] }, detail: expect.stringMatching(/^1 of 1 selected node pool is held: npweb\. Held in it: aks-npweb-/) })
    expect(await sent()).toEqual([])
  })

  it('beside what is held starts', async () => {
    await post()
    expect((await start({ nodeNames: [await other()] })).status).toBe(200)
    expect(await sent()).toHaveLength(1)
  })
})
