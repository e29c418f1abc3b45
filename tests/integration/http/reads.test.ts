import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { GET as readBudget } from '@/app/api/budget/route'
import { GET as readCluster } from '@/app/api/clusters/[clusterId]/route'
import { GET as readDraft, PUT as saveDraft } from '@/app/api/clusters/[clusterId]/drafts/[draftId]/route'
import { POST as createDraft } from '@/app/api/clusters/[clusterId]/drafts/route'
import { GET as readInventory } from '@/app/api/clusters/[clusterId]/inventory/route'
import { GET as readLog } from '@/app/api/clusters/[clusterId]/log/route'
import { GET as readNodes } from '@/app/api/clusters/[clusterId]/nodes/route'
import { GET as readVngs } from '@/app/api/clusters/[clusterId]/vngs/route'
import { GET as readClusters } from '@/app/api/clusters/route'
import { GET as health } from '@/app/api/health/route'
import { GET as ready } from '@/app/api/ready/route'
import { GET as getSession } from '@/app/api/session/route'
import { clusterAnswer, clustersAnswer } from '@/lib/contract/clusters'
import { draftAnswer, type DraftBody } from '@/lib/contract/draft'
import { logAnswer } from '@/lib/contract/log'
import { inventoryAnswer, nodesAnswer, vngsAnswer } from '@/lib/contract/nodes'
import { problem } from '@/lib/contract/problem'
import { budgetAnswer } from '@/lib/contract/session'
import { ensureRun } from '@/lib/db/queries/runs'
import { runs } from '@/lib/db/schema/runs'
import { noCounts } from '@/lib/domain/progress/state'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'
import { call, signedInCookie, startApp, type TestApp } from '@/tests/support/app'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

const clusterId = 'o-demo0001'
const params = { clusterId }
let simulator: TestSimulator
let app: TestApp
let cookie = ''

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 40, scenario: 'mixed' })
  app = await startApp({ spotApiUrl: simulator.baseUrl })
  cookie = await signedInCookie(auth)
})

afterAll(async () => {
  await app?.close()
  await simulator?.close()
})

afterEach(async () => {
  await simulator.admin.clearFaults()
  app.server.transport.forgetToken('demo-token')
})

const json = async (response: Response): Promise<unknown> => {
  const body: unknown = await response.json()
  expect(response.status, JSON.stringify(body).slice(0, 300)).toBe(200)
  return body
}
const problemOf = async (response: Response) => problem.parse(await response.json())

describe('clusters', () => {
  it('are one row each, with heartbeat, nodes and what is running', async () => {
    const { clusters } = clustersAnswer.parse(await json(await call(readClusters, { cookie })))
    const demo = clusters.find((cluster) => cluster.clusterId === clusterId)
    expect(demo).toMatchObject({ heartbeat: { state: 'reporting' }, problem: null })
    expect((demo?.nodes?.managed ?? 0) + (demo?.nodes?.unmanaged ?? 0)).toBeGreaterThan(20)
    const { nodes } = inventoryAnswer.parse(await json(await call(readInventory, { cookie, params })))
    const { managed = 0, unmanaged = 0, system = 0 } = demo?.nodes ?? {}
    expect(managed + unmanaged + system, 'every node is counted once').toBe(nodes.length)
    expect(clusters.length).toBeGreaterThan(1)
  })

  it('that the token may not read are marked alone', async () => {
    const limited = await signedInCookie(auth, { token: 'limited-token' })
    const { clusters } = clustersAnswer.parse(await json(await call(readClusters, { cookie: limited })))
    const marked = clusters.filter(({ problem: why }) => why !== null)
    expect(marked.map((cluster) => [cluster.clusterId, cluster.problem?.code, cluster.nodes])).toEqual([['o-demo0002', 'token_not_permitted', null]])
  })

  it('that the token may not read tell nothing of what is recorded of them', async () => {
    const { db } = await app.server.database()
    const seen = { accountId: 'act-demo0001', organizationId: null, clusterId: 'o-demo0002', migrationId: 'scr-0badcafe', launchId: null, startedBy: 'Ada', source: 'slipway', comment: 'payroll, wave 1' } as const
    const run = await ensureRun(db, { ...seen, options: defaultMigrationOptions, status: 'IN_PROGRESS', currentBatch: null, numOfBatches: null, counts: noCounts(), startedAt: new Date(), isKept: false, sealedToken: null, createdAt: new Date() })
    const edge = async (as: string) => clustersAnswer.parse(await json(await call(readClusters, { cookie: as }))).clusters.find((cluster) => cluster.clusterId === 'o-demo0002')
    await simulator.admin.fault({ method: 'GET', pathEndsWith: '/o-demo0002/migration', times: 2, effect: { kind: 'status', status: 400 } })
    expect((await edge(cookie))?.runningMigration, 'to whoever may read it').toMatchObject({ migrationId: 'scr-0badcafe', comment: 'payroll, wave 1' })
    expect(await edge(await signedInCookie(auth, { token: 'limited-token' }))).toMatchObject({ runningMigration: null, isRunRead: false, openLaunch: null })
    await db.delete(runs).where(eq(runs.id, run.id))
  })

  it('are listed with their runs at most once in five minutes from Spot', async () => {
    await call(readClusters, { cookie })
    await simulator.admin.clearJournal()
    await call(readClusters, { cookie })
    const lists = (await simulator.admin.journal()).filter(({ path }) => path.endsWith('/migration'))
    expect(lists).toEqual([])
  })

  it('are read one by one for their own page', async () => {
    expect(clusterAnswer.parse(await json(await call(readCluster, { params, cookie }))).cluster).toMatchObject({ clusterId })
  })
})

describe('nodes', () => {
  const read = async () => nodesAnswer.parse(await json(await call(readNodes, { params, cookie })))

  it('come with their match, their readiness and shared specs', async () => {
    const answer = await read()
    expect(answer.problems).toEqual([])
    expect(answer.nodes.length).toBeGreaterThan(10)
    expect(answer.specs.length).toBeLessThan(answer.nodes.length / 2)
    for (const node of answer.nodes) {
      expect(node.runningPods).not.toBeNull()
      expect(answer.specs[node.spec ?? -1]?.labels).not.toHaveProperty('kubernetes.io/hostname')
      if (node.match.kind === 'vng') expect(answer.vngs).toContainEqual({ vngId: node.match.vngId, name: node.match.vngName })
      if (node.readiness === 'unable') expect(node.findings).not.toHaveLength(0)
    }
    expect(new Set(answer.nodes.map(({ readiness }) => readiness))).toContain('ready')
  })

  it.each([
    ['/virtualNodeGroup', 'vngs'],
    ['/nodes', 'cluster-nodes'],
    ['/controllerHeartbeat', 'heartbeat'],
  ] as const)('are shown without what %s would add, and it is said', async (pathEndsWith, part) => {
    await simulator.admin.fault({ pathEndsWith, effect: { kind: 'status', status: 501 } })
    const answer = await read()
    expect(answer.nodes.length).toBeGreaterThan(10)
    expect(answer.problems).toMatchObject([{ part, code: 'upstream_failed' }])
    expect(answer.findings.map(({ id }) => id)).toContain('spot-not-read')
    expect(answer.nodes.some(({ readiness }) => readiness === 'ready')).toBe(false)
  })

  it('are not shown by half when one of the reads says that the token is over', async () => {
    await simulator.admin.fault({ pathEndsWith: '/virtualNodeGroup', effect: { kind: 'status', status: 401 } })
    expect(await problemOf(await call(readNodes, { params, cookie }))).toMatchObject({ code: 'token_rejected', status: 401 })
  })

  it('need validation while the match is not said', async () => {
    await simulator.admin.wire({ isMatchLeftOut: true })
    const { nodes } = await read()
    await simulator.admin.wire({ isMatchLeftOut: false })
    expect(nodes.every(({ match, readiness }) => match.kind === 'not-said' && readiness !== 'ready')).toBe(true)
  })

  it('need validation while the controller is silent', async () => {
    await simulator.admin.twin({ kind: 'controller', clusterId: 'o-demo0002', isSilent: true })
    await simulator.admin.time({ skipMs: 10 * 60_000 })
    const answer = nodesAnswer.parse(await json(await call(readNodes, { params: { clusterId: 'o-demo0002' }, cookie })))
    expect(answer.findings.map(({ id }) => id)).toContain('controller-inactive')
    expect(answer.nodes.some(({ readiness }) => readiness === 'ready')).toBe(false)
  })

  it('are not shown by half when discovery is cut', async () => {
    await simulator.admin.fault({ pathEndsWith: '/discovery', effect: { kind: 'garbage', body: 'truncated' } })
    expect(await problemOf(await call(readNodes, { params, cookie }))).toMatchObject({ code: 'upstream_unreadable' })
  })
})

describe('the rest of a cluster', () => {
  it('is its inventory, its groups and their template', async () => {
    expect(inventoryAnswer.parse(await json(await call(readInventory, { params, cookie }))).nodes.length).toBeGreaterThan(20)
    expect(vngsAnswer.parse(await json(await call(readVngs, { params, cookie }))).vngs.length).toBeGreaterThan(0)
  })

  it('is its log, newest first, tied to runs', async () => {
    const path = `/api/log?fromMs=${Date.now() - 40 * 86_400_000}&toMs=${Date.now()}`
    const { lines } = logAnswer.parse(await json(await call(readLog, { path, params, cookie })))
    const times = lines.map(({ atMs }) => atMs ?? 0)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect(lines.filter(({ message }) => message.includes('scr-')).every(({ migrationId }) => migrationId?.startsWith('scr-'))).toBe(true)
  })

  it.each(['', '?fromMs=5&toMs=1', '?fromMs=x&toMs=9', '?fromMs=1&toMs=9&severity=%27%20or%201=1'])('has no log for the range %j', async (query) => {
    expect(await problemOf(await call(readLog, { path: `/api/log${query}`, params, cookie }))).toMatchObject({ code: 'invalid_input', issues: expect.arrayContaining([expect.anything()]) })
  })

  it('shows what is left of the budget without spending any', async () => {
    await simulator.admin.clearJournal()
    expect(budgetAnswer.parse(await json(await call(readBudget, { cookie }))).routes.length).toBeGreaterThan(0)
    expect(await simulator.admin.journal()).toEqual([])
  })
})

describe('another account', () => {
  it('and an unknown cluster look the same', async () => {
    const lookUp = async (asked: string) => {
      const found = await problemOf(await call(readNodes, { params: { clusterId: asked }, cookie }))
      return JSON.parse(JSON.stringify({ ...found, requestId: '', upstreamRequestId: '' }).replaceAll(asked, 'o-asked')) as object
    }
    const foreign = await lookUp('o-othr0001')
    expect(foreign).toMatchObject({ code: 'not_found', status: 404 })
    expect(foreign).toEqual(await lookUp('o-00000000'))
  })

  it('never gets what was read for someone else a moment ago', async () => {
    await call(readNodes, { params, cookie })
    const other = await signedInCookie(auth, { token: 'other-org-token', accountId: 'act-other001' })
    expect(await problemOf(await call(readNodes, { params, cookie: other }))).toMatchObject({ code: 'not_found' })
    expect(await problemOf(await call(readNodes, { params }))).toMatchObject({ code: 'not_signed_in' })
  })
})

describe('a draft', () => {
  const body: DraftBody = {
    nodeNames: ['aks-a', 'aks-b'],
    preferences: { batchSizePercentage: '20', batchMinHealthyPercentage: '0', respectPdb: true, respectRestrictScaleDown: false, shouldTerminateNodes: true, shouldEvictStandalonePods: true, comment: '<img onerror=1>' },
  }
  const pageId = crypto.randomUUID()
  const create = async () => draftAnswer.parse(await json(await call(createDraft, { method: 'POST', params, cookie, body })))

  it('is kept as it was typed, and saved again', async () => {
    const { draftId, updatedAtMs } = await create()
    const one = { params: { clusterId, draftId }, cookie }
    expect(draftAnswer.parse(await json(await call(readDraft, one)))).toMatchObject({ ...body, createdBy: 'Ada' })
    await json(await call(saveDraft, { ...one, method: 'PUT', body: { ...body, nodeNames: ['aks-c'], knownAtMs: updatedAtMs, pageId } }))
    expect(draftAnswer.parse(await json(await call(readDraft, one))).nodeNames).toEqual(['aks-c'])
  })

  it('is not overwritten by a page that has not seen the last change, which learns whose it is', async () => {
    const { draftId, updatedAtMs } = await create()
    const one = { params: { clusterId, draftId }, method: 'PUT' }
    const colleague = await signedInCookie(auth, { token: 'second-token', displayName: 'Bob' })
    const theirs = draftAnswer.parse(await json(await call(saveDraft, { ...one, cookie: colleague, body: { ...body, nodeNames: ['aks-b'], knownAtMs: updatedAtMs, pageId: crypto.randomUUID() } })))
    const own = { ...body, comment: 'of the morning', knownAtMs: updatedAtMs, pageId }
    expect(await problemOf(await call(saveDraft, { ...one, cookie, body: own }))).toMatchObject({ status: 409, code: 'draft_changed', facts: { changedBy: 'Bob', changedAtMs: theirs.updatedAtMs } })
    expect(draftAnswer.parse(await json(await call(readDraft, { ...one, method: 'GET', cookie }))).nodeNames).toEqual(['aks-b'])
    expect((await call(saveDraft, { ...one, cookie, body: { ...own, knownAtMs: theirs.updatedAtMs } })).status, 'who has seen it may replace it').toBe(200)
  })

  it('of another account is as unknown as one that never was', async () => {
    const { draftId } = await create()
    const other = await signedInCookie(auth, { token: 'other-org-token', accountId: 'act-other001' })
    const codes = [
      await call(readDraft, { params: { clusterId, draftId }, cookie: other }),
      await call(saveDraft, { method: 'PUT', params: { clusterId, draftId }, cookie: other, body: { ...body, knownAtMs: 0, pageId } }),
      await call(readDraft, { params: { clusterId: 'o-demo0002', draftId }, cookie }),
      await call(readDraft, { params: { clusterId, draftId: crypto.randomUUID() }, cookie }),
    ].map(async (response) => (await problemOf(response)).code)
    expect(await Promise.all(codes)).toEqual(['not_found', 'not_found', 'not_found', 'not_found'])
  })

  it('is refused from another site, as another media type, too large, or without a session', async () => {
    const send = async (options: object) => (await problemOf(await call(createDraft, { method: 'POST', params, cookie, body, ...options }))).code
    expect(await send({ headers: { origin: 'https://evil.example' } })).toBe('cross_site_request')
    expect(await send({ headers: { 'content-type': 'text/plain' } })).toBe('unsupported_media_type')
    expect(await send({ body: 'x'.repeat(10 * 1024 * 1024) })).toBe('body_too_large')
    expect(await send({ body: '{"nodeNames": [' })).toBe('invalid_input')
    expect(await send({ cookie: '' })).toBe('not_signed_in')
  })
})

describe('a token that Spot stops accepting', () => {
  it('sends the browser to sign in, and serves again once it is accepted', async () => {
    const own = await signedInCookie(auth, { token: 'second-token' })
    await simulator.admin.token({ token: 'second-token', isRevoked: true })
    expect(await problemOf(await call(readNodes, { params, cookie: own }))).toMatchObject({ code: 'token_rejected', status: 401 })
    expect(await problemOf(await call(readClusters, { cookie: own }))).toMatchObject({ code: 'token_rejected' })
    expect((await call(getSession, { cookie: own })).status).toBe(200)
    await simulator.admin.token({ token: 'second-token', isRevoked: false })
    expect((await call(readNodes, { params, cookie: own })).status).toBe(200)
  })
})

describe('the token', () => {
  it('stands in no answer and no header', async () => {
    const reads = [readClusters, readCluster, readNodes, readInventory, readVngs, readBudget, getSession]
    for (const handler of reads) {
      const response = await call(handler, { params, cookie })
      const text = `${JSON.stringify([...response.headers])} ${await response.text()}`
      expect(text).not.toContain('demo-token')
    }
  })
})

describe('health', () => {
  it('says that the process and its database answer, and nothing else', async () => {
    expect(await json(await call(health))).toEqual({ status: 'ok' })
    expect(await json(await call(ready))).toEqual({ status: 'ready' })
  })
})

describe('a limit of Spot', () => {
  it('holds for one organisation, is told with its end, and is not asked into', async () => {
    const other = await signedInCookie(auth, { token: 'other-org-token', accountId: 'act-other001' })
    const own = { params: { clusterId: 'o-othr0001' }, cookie: other }
    await simulator.admin.fault({ pathEndsWith: '/discovery', times: 1, effect: { kind: 'rate-limit', resetSeconds: 30 } })
    const limited = await call(readNodes, own)
    expect(limited.status).toBe(503)
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(20)
    await simulator.admin.clearJournal()
    expect(await problemOf(await call(readNodes, own))).toMatchObject({ code: 'upstream_rate_limited' })
    expect((await simulator.admin.journal()).filter(({ path }) => path.endsWith('/discovery'))).toEqual([])
    expect((await call(readNodes, { params, cookie })).status).toBe(200)
  })
})
