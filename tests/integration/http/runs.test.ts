import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { GET as readLaunch } from '@/app/api/clusters/[clusterId]/launches/[launchId]/route'
import { POST as launch } from '@/app/api/clusters/[clusterId]/launches/route'
import { GET as readRun } from '@/app/api/clusters/[clusterId]/migrations/[migrationId]/route'
import { POST as stop } from '@/app/api/clusters/[clusterId]/migrations/[migrationId]/stop/route'
import { GET as stream } from '@/app/api/clusters/[clusterId]/migrations/[migrationId]/stream/route'
import { GET as readRuns } from '@/app/api/clusters/[clusterId]/migrations/route'
import { GET as readNodes } from '@/app/api/clusters/[clusterId]/nodes/route'
import { DELETE as signOut } from '@/app/api/session/route'
import type { LaunchRequest } from '@/lib/contract/launch'
import { launchAnswer } from '@/lib/contract/launch-answer'
import { nodesAnswer } from '@/lib/contract/nodes'
import { problem } from '@/lib/contract/problem'
import { runRecord, runsAnswer, stopAnswer } from '@/lib/contract/run'
import { commentBudget } from '@/lib/domain/launch-mark'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'
import { readStream } from '@/tests/integration/live/support/events'
import { call, signedInCookie, startApp, type TestApp } from '@/tests/support/app'
import { launchBody } from '@/tests/support/launch-body'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

const clusterId = 'o-demo0001'
const params = { clusterId }
let simulator: TestSimulator
let app: TestApp
let cookie = ''
let nodeNames: string[] = []

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 24, speed: 60 })
  app = await startApp({ spotApiUrl: simulator.baseUrl, settings: { SLIPWAY_POLL_INTERVAL_MS: '250' } })
  cookie = await signedInCookie(auth)
  const { nodes } = nodesAnswer.parse(await (await call(readNodes, { cookie, params })).json())
  nodeNames = nodes.slice(0, 4).map(({ nodeName }) => nodeName)
})

afterAll(async () => {
  await app?.close()
  await simulator?.close()
})

const request = async (change: Partial<Record<keyof LaunchRequest, unknown>> = {}) => ({ ...(await launchBody(cookie, clusterId, { nodeNames })), ...change })
const post = (body: unknown, options = {}) => call(launch, { method: 'POST', cookie, params, body, ...options })
const problemOf = async (response: Response) => problem.parse(await response.json())
const postsUpstream = async () => (await simulator.admin.journal()).filter(({ method, path }) => method === 'POST' && path.endsWith('/migration'))

describe('a launch that is not valid is refused before anything is sent', () => {
  it.each([
    ['batch size 0', { options: { ...defaultMigrationOptions, batchSizePercentage: 0 } }, 'options.batchSizePercentage'],
    ['batch size 101', { options: { ...defaultMigrationOptions, batchSizePercentage: 101 } }, 'options.batchSizePercentage'],
    ['batch size 2.5', { options: { ...defaultMigrationOptions, batchSizePercentage: 2.5 } }, 'options.batchSizePercentage'],
    ['healthy 0', { options: { ...defaultMigrationOptions, batchMinHealthyPercentage: 0 } }, 'options.batchMinHealthyPercentage'],
    ['a comment one character too long', { comment: 'x'.repeat(commentBudget + 1) }, 'comment'],
    ['no node', { nodeNames: [] }, 'nodeNames'],
    ['nodes and pools', { nodePoolNames: ['npweb'] }, 'nodePoolNames'],
    ['a key that is none', { launchKey: 'again' }, 'launchKey'],
  ])('%s', async (_, change, path) => {
    const refused = await post(await request(change))
    expect(refused.status).toBe(400)
    expect((await problemOf(refused)).issues?.map((issue) => issue.path)).toContain(path)
    expect(await postsUpstream()).toEqual([])
  })

  it('from another site, without a session, as a form, or for a cluster that is not ours', async () => {
    expect((await post(await request(), { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect((await post(await request(), { cookie: '' })).status).toBe(401)
    expect((await post(await request(), { headers: { 'content-type': 'text/plain' } })).status).toBe(415)
    expect((await post(await request(), { params: { clusterId: '../o-demo0001' } })).status).toBe(404)
    expect([403, 404]).toContain((await post(await request(), { params: { clusterId: 'o-othr0001' } })).status)
    expect(await postsUpstream()).toEqual([])
  })

  it('when a node is no longer offered, naming it', async () => {
    const refused = await post(await launchBody(cookie, clusterId, { nodeNames: [...nodeNames, 'aks-gone-1'] }))
    expect(refused.status).toBe(409)
    expect(await problemOf(refused)).toMatchObject({ code: 'selection_changed', facts: { nodeNames: ['aks-gone-1'] } })
  })
})

describe('what is not there', () => {
  it.each([
    ['a run', readRun, { ...params, migrationId: 'scr-00000000' }],
    ['the stream of a run', stream, { ...params, migrationId: 'scr-00000000' }],
    ['a run whose id has another prefix', readRun, { ...params, migrationId: 'vng-00000000' }],
    ['a launch', readLaunch, { ...params, launchId: randomUUID() }],
  ])('%s is not found', async (_, handler, at) => {
    const missing = await call(handler, { cookie, params: at })
    expect(missing.status).toBe(404)
    expect((await problemOf(missing)).code).toBe('not_found')
  })
})

describe('the journey of a run', () => {
  it('is launched, seen in the list, streamed, stopped and closed at sign-out', async () => {
    const launched = launchAnswer.parse(await (await post(await launchBody(cookie, clusterId, { nodeNames, comment: 'wave 1' }))).json())
    expect(launched).toMatchObject({ state: 'acked', startedBy: 'Ada' })
    const at = { ...params, migrationId: launched.migrationId as string }
    expect(launchAnswer.parse(await (await call(readLaunch, { cookie, params: { ...params, launchId: launched.launchId } })).json())).toEqual(launched)

    const second = await post(await request())
    expect(second.status).toBe(409)
    expect(await problemOf(second)).toMatchObject({ code: 'migration_in_progress', facts: { migrationId: at.migrationId, startedBy: 'Ada' } })

    const { runs } = runsAnswer.parse(await (await call(readRuns, { cookie, params })).json())
    expect(runs[0]).toMatchObject({ migrationId: at.migrationId, source: 'slipway', comment: 'wave 1' })
    expect(runRecord.parse(await (await call(readRun, { cookie, params: at })).json()).run.startedBy).toBe('Ada')

    const opened = await call(stream, { cookie, params: at })
    expect(Object.fromEntries(opened.headers)).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' })
    const events = readStream(opened.body as ReadableStream<Uint8Array>)
    await expect.poll(() => events.named('record').length).toBe(1)

    const stopping = await call(stop, { method: 'POST', cookie, params: at, body: {} })
    expect(stopAnswer.parse(await stopping.json()).migrationId).toBe(at.migrationId)
    await expect.poll(() => events.changes().some(({ kind }) => kind === 'stop')).toBe(true)
    expect(JSON.stringify(events.events)).not.toContain('demo-token')

    expect((await call(signOut, { method: 'DELETE', cookie, body: {} })).status).toBe(200)
    await events.done
    expect(events.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'signed-out' } })
    expect((await call(readRun, { cookie, params: at })).status).toBe(401)
  })
})
