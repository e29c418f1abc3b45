import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, groupsPath, send } from './support/call'
import { namesIn } from './support/runs'

/** What the vendor's Python and Go clients do and rely on, as far as their source shows. */
let simulator: TestSimulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())

/** One request as text, answered as text. */
const rawRequest = (method: string, path: string, headers: string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(simulator.baseUrl)
    const head = [`${method} ${path}${path.includes('?') ? '&' : '?'}accountId=act-demo0001 HTTP/1.1`, 'Host: x', 'Connection: close', 'Authorization: Bearer demo-token', ...headers]
    let text = ''
    const socket = connect(Number(port), hostname, () => socket.write(`${head.join('\r\n')}\r\n\r\n`))
    socket.on('data', (chunk) => (text += chunk.toString())).on('close', () => resolve(text)).on('error', reject)
  })

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

const datesIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(datesIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (/(At|timestamp|lastHeartbeat)$/.test(key) ? [String(inner)] : datesIn(inner)))
}

describe('the vendor\'s clients', () => {
  it('send a JSON content type on reads and on empty PUTs and POSTs', async () => {
    const headers = { 'content-type': 'application/json', 'user-agent': 'spotinst-sdk-python/3.17.0' }
    expect((await send(simulator.baseUrl, demoCluster, { headers })).status).toBe(200)
    expect((await send(simulator.baseUrl, `${groupsPath}/import?oceanId=o-demo0001&nodePoolName=npapi`, { method: 'POST', headers })).status).toBe(200)
    const { items } = await call(simulator.baseUrl, `${demoCluster}/migration`, { method: 'POST', body: { nodeNames: (await namesIn(simulator, 'npweb')).slice(0, 1) } })
    expect((await send(simulator.baseUrl, `${demoCluster}/migration/${String(items[0]?.id)}/stop`, { method: 'PUT', headers })).status).toBe(200)
  })

  it('take exactly 200 for success, for what was created and what was deleted too', async () => {
    const created = await call(simulator.baseUrl, groupsPath, { method: 'POST', body: { virtualNodeGroup: { name: 'sdk', oceanId: 'o-demo0001' } } })
    expect(created.status).toBe(200)
    const deleted = await call(simulator.baseUrl, `${groupsPath}/${String(created.items[0]?.id)}`, { method: 'DELETE' })
    expect(deleted.status).toBe(200)
    expect(deleted.body.status).toEqual({ code: 200, message: 'OK' })
  })

  it('get JSON with the documented status for a DELETE, refused ones too', async () => {
    const response = await send(simulator.baseUrl, `${groupsPath}/vng-00000001`, { method: 'DELETE' })
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toMatchObject({ response: { status: { code: 404 }, errors: [{ code: 'RESOURCE_NOT_FOUND' }] } })
  })

  it.each([
    ['POST', `${groupsPath}/import?oceanId=o-demo0001&nodePoolName=npapi`],
    ['PUT', `${demoCluster}/migration/scr-00000000/stop`],
    ['DELETE', `${groupsPath}/vng-00000001`],
  ])('may send %s with Content-Length 0 and a JSON content type: there is nothing to parse', async (method, path) => {
    const answer = await rawRequest(method, path, ['Content-Type: application/json', 'Content-Length: 0', 'User-Agent: spotinst-sdk-python/3.17.0'])
    expect(answer).toMatch(/^HTTP\/1\.1 (200|404) /)
    expect(answer).not.toContain('valid JSON')
  })

  it.each([
    ['True', true],
    ['true', true],
    ['False', false],
    ['false', false],
    [null, false],
  ])('write booleans in the query with a capital: shouldFetchPods %s', async (word, hasPods) => {
    const { items } = await call(simulator.baseUrl, `${demoCluster}/migration/discovery${word === null ? '' : `?shouldFetchPods=${word}`}`)
    expect(items.length).toBeGreaterThan(0)
    for (const item of items) expect([Array.isArray(item.podDetails), typeof item.runningPods === 'number']).toEqual([hasPods, hasPods])
  })

  it('send a template with the name and the cluster of a group, as the Python client has one class for both', async () => {
    const virtualNodeGroupTemplate = { name: 'prod', oceanId: 'o-demo0001', labels: { team: 'a' } }
    const { status, items } = await call(simulator.baseUrl, demoCluster, { method: 'PUT', body: { cluster: { virtualNodeGroupTemplate } } })
    expect(status).toBe(200)
    expect(items[0]?.virtualNodeGroupTemplate).toMatchObject({ labels: { team: 'a' } })
    expect(items[0]?.virtualNodeGroupTemplate).not.toHaveProperty('name')
  })

  it('name the account on every call, where the contract has none as well', async () => {
    expect((await send(simulator.baseUrl, '/setup/account', { account: 'act-demo0001' })).status).toBe(200)
    expect((await call(simulator.baseUrl, groupsPath)).items.length).toBeGreaterThan(0)
  })

  it('read the request id from the body, another each time', async () => {
    const ids = [await call(simulator.baseUrl, demoCluster), await call(simulator.baseUrl, demoCluster)].map(({ request }) => request.id)
    expect(new Set(ids).size).toBe(2)
  })

  it.each([
    ['a bad body', `${demoCluster}/migration`, { method: 'POST', body: {} }],
    ['an unknown cluster', '/ocean/azure/np/cluster/o-nowhere1', {}],
    ['no right', demoCluster, { method: 'PUT', token: 'readonly-token', body: {} }],
  ])('find code, message and field of an error as texts after %s', async (_name, path, options) => {
    const { errors } = await call(simulator.baseUrl, path, options)
    expect(errors.length).toBeGreaterThan(0)
    for (const error of errors) for (const value of Object.values(error)) expect(typeof value).toBe('string')
  })

  it('find RFC 3339 dates everywhere', async () => {
    for (const path of ['/ocean/azure/np/cluster', groupsPath, `${demoCluster}/nodes`, `${demoCluster}/migration`, '/ocean/k8s/cluster/o-demo0001/controllerHeartbeat']) {
      const { items, request } = await call(simulator.baseUrl, path)
      const dates = [...datesIn(items), request.timestamp]
      expect(dates.length).toBeGreaterThan(1)
      for (const date of dates) expect(date).toMatch(rfc3339)
    }
  })

  it('find labels and tags as maps of texts', async () => {
    const { items } = await call(simulator.baseUrl, `${demoCluster}/nodes`)
    for (const { labels } of items) for (const value of Object.values(labels as object)) expect(typeof value).toBe('string')
  })
})
