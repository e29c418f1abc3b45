import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { FaultInput } from '@/lib/simulator/admin-types'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, send } from './support/call'
import { namesIn } from './support/runs'

let simulator: TestSimulator
beforeAll(async () => {
  simulator = await startSimulator({ nodes: 20 })
})
afterEach(() => simulator.admin.clearFaults())
afterAll(() => simulator.close())

const nodes = `${demoCluster}/nodes`
const fault = (effect: FaultInput['effect'], more: Partial<FaultInput> = {}) => simulator.admin.fault({ effect, ...more })
const failure = (reading: Promise<unknown>) => reading.then(
  () => null,
  (error: unknown) => error,
)
const readText = async (path = nodes) => (await send(simulator.baseUrl, path)).text()

/** True when nothing came back within the time; the request is given up then. */
const isSilent = async (path: string, options: Parameters<typeof send>[2] = {}, ms = 300) => {
  const error = await failure(send(simulator.baseUrl, path, { ...options, signal: AbortSignal.timeout(ms) }))
  return error instanceof Error && error.name === 'TimeoutError'
}

describe('a fault', () => {
  it('applies to the method and the path it names, as often as it says', async () => {
    await fault({ kind: 'status', status: 503 }, { method: 'GET', pathEndsWith: '/nodes', times: 2 })
    const ask = async (path: string, method = 'GET') => (await send(simulator.baseUrl, path, { method })).status
    expect(await ask(demoCluster)).toBe(200)
    expect(await ask(nodes, 'DELETE')).toBe(405)
    expect([await ask(nodes), await ask(nodes), await ask(nodes)]).toEqual([503, 503, 200])
  })

  it('is over when it is cleared', async () => {
    await fault({ kind: 'status', status: 500 })
    expect((await call(simulator.baseUrl, nodes)).status).toBe(500)
    await simulator.admin.clearFaults()
    expect((await call(simulator.baseUrl, nodes)).status).toBe(200)
  })

  it('of latency answers late and in full', async () => {
    await fault({ kind: 'latency', ms: 150 }, { times: 1 })
    const startedAt = performance.now()
    expect((await call(simulator.baseUrl, nodes)).items.length).toBeGreaterThan(0)
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(145)
  })

  it('of rate limiting says the reset it was given, and Retry-After as it was written', async () => {
    await fault({ kind: 'rate-limit', resetSeconds: 30, retryAfter: 'Wed, 21 Oct 2015 07:28:00 GMT' }, { times: 1 })
    const { status, headers, body } = await call(simulator.baseUrl, nodes)
    expect(status).toBe(429)
    expect(body.data).toBe('Rate limit exceeded')
    expect(headers.get('x-ratelimit-remaining')).toBe('0')
    expect(headers.get('x-ratelimit-reset')).toBe('30')
    expect(headers.get('retry-after')).toBe('Wed, 21 Oct 2015 07:28:00 GMT')
  })

  it('of cutting ends the connection inside the body', async () => {
    await fault({ kind: 'cut', afterBytes: 200 }, { times: 1 })
    expect(await failure(readText())).toBeInstanceOf(Error)
  })

  it('of a wrong length sends all of the body and announces more', async () => {
    await fault({ kind: 'garbage', body: 'wrong-length' }, { times: 1 })
    const response = await send(simulator.baseUrl, nodes)
    expect(response.status).toBe(200)
    expect(await failure(response.text())).toBeInstanceOf(Error)
  })

  it.each([
    ['html', /^<!doctype html>/],
    ['empty', /^$/],
    ['null', /^null$/],
    ['truncated', /^\{"request".*[^}]$/],
  ] as const)('of %s garbage answers 200 with it', async (body, pattern) => {
    await fault({ kind: 'garbage', body }, { times: 1 })
    const response = await send(simulator.baseUrl, nodes)
    expect(response.status).toBe(200)
    expect(await response.text()).toMatch(pattern)
  })

  it('of a byte order mark puts one before the body', async () => {
    await fault({ kind: 'garbage', body: 'bom' }, { times: 1 })
    const bytes = new Uint8Array(await (await send(simulator.baseUrl, nodes)).arrayBuffer())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  })

  it('of slowness sends the body at its pace', async () => {
    const { length } = JSON.stringify((await call(simulator.baseUrl, demoCluster)).json)
    await fault({ kind: 'slow', bytesPerSecond: length * 4 }, { times: 1 })
    const startedAt = performance.now()
    expect((await call(simulator.baseUrl, demoCluster)).items).toHaveLength(1)
    expect(performance.now() - startedAt).toBeGreaterThan(150)
  })

  it('of a field replaces or takes out that field in every item, through lists', async () => {
    await fault({ kind: 'field', path: 'lifeCycle', value: 'Reserved' }, { times: 1 })
    expect(new Set((await call(simulator.baseUrl, nodes)).items.map(({ lifeCycle }) => lifeCycle))).toEqual(new Set(['Reserved']))
    await fault({ kind: 'field', path: 'nodeName' }, { times: 1 })
    expect((await call(simulator.baseUrl, nodes)).items.some((item) => 'nodeName' in item)).toBe(false)
    await fault({ kind: 'field', path: 'migrationProgress.detailedStatus.oldNodes.status', value: 'ODD' }, { times: 1 })
    const runs = JSON.stringify((await call(simulator.baseUrl, `${demoCluster}/migration`)).items)
    expect(runs).toContain('"status":"ODD"')
    expect(runs).not.toContain('"status":"REPLACED"')
  })
})

describe('a launch', () => {
  const path = `${demoCluster}/migration`
  const created = async () => (await simulator.admin.createdMigrations())['o-demo0001']
  const launch = async () => ({ method: 'POST', body: { nodeNames: (await namesIn(simulator, 'npweb')).slice(0, 1) } })
  const stopAndEnd = async () => {
    const [run] = (await call(simulator.baseUrl, path)).items
    await send(simulator.baseUrl, `${path}/${String(run?.id)}/stop`, { method: 'PUT' })
    await simulator.admin.time({ skipMs: 86_400_000 })
  }

  it.each(['hang-before', 'reset-before'] as const)('is not made by %s', async (kind) => {
    const before = await created()
    await fault({ kind }, { method: 'POST', times: 1 })
    expect(await failure(send(simulator.baseUrl, path, { ...(await launch()), signal: AbortSignal.timeout(300) }))).toBeInstanceOf(Error)
    expect(await created()).toBe(before)
  })

  it.each(['hang-after', 'reset-after'] as const)('is made and never answered by %s', async (kind) => {
    const before = (await created()) ?? 0
    await fault({ kind }, { method: 'POST', times: 1 })
    expect(await failure(send(simulator.baseUrl, path, { ...(await launch()), signal: AbortSignal.timeout(300) }))).toBeInstanceOf(Error)
    expect(await created()).toBe(before + 1)
    await stopAndEnd()
  })

  it('is not made by a 503', async () => {
    const before = await created()
    await fault({ kind: 'status', status: 503 }, { method: 'POST', times: 1 })
    expect((await call(simulator.baseUrl, path, await launch())).status).toBe(503)
    expect(await created()).toBe(before)
  })

  it('is made by a 500 that tells it only', async () => {
    const before = (await created()) ?? 0
    await fault({ kind: 'status', status: 500, isCarriedOut: true }, { method: 'POST', times: 1 })
    expect((await call(simulator.baseUrl, path, await launch())).status).toBe(500)
    expect(await created()).toBe(before + 1)
    await stopAndEnd()
  })

  it('hangs alone: others are answered meanwhile', async () => {
    await fault({ kind: 'hang-before' }, { pathEndsWith: '/nodes' })
    const hanging = isSilent(nodes)
    expect((await call(simulator.baseUrl, demoCluster)).status).toBe(200)
    expect(await hanging).toBe(true)
  })
})

describe('the journal', () => {
  it('tells method, path, query, who asked and what was answered, and no token', async () => {
    await simulator.admin.clearJournal()
    await send(simulator.baseUrl, nodes, { token: 'readonly-token' })
    await send(simulator.baseUrl, nodes, { token: 'secret-canary-5d1f' })
    await fault({ kind: 'hang-after' }, { times: 1 })
    await isSilent(demoCluster)
    const journal = await simulator.admin.journal()
    expect(journal.map(({ method, path, principal, status }) => [method, path, principal, status])).toEqual([
      ['GET', nodes, 'readonly', 200],
      ['GET', nodes, null, 401],
      ['GET', demoCluster, 'demo', null],
    ])
    expect(journal[0]?.query).toBe('?accountId=act-demo0001')
    expect(JSON.stringify(journal)).not.toContain('canary')
  })

  it('shows a path as it was sent', async () => {
    await simulator.admin.clearJournal()
    const target = '/ocean/azure/np/../np//cluster/%2e%2e?x=1'
    await new Promise<void>((resolve, reject) => {
      const { hostname, port } = new URL(simulator.baseUrl)
      const socket = connect(Number(port), hostname, () => socket.end(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`))
      socket.resume().on('close', () => resolve()).on('error', reject)
    })
    expect((await simulator.admin.journal()).map(({ path, query }) => path + query)).toEqual([target])
  })
})
