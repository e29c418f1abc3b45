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

  it('write booleans in the query with a capital', async () => {
    const { items } = await call(simulator.baseUrl, `${demoCluster}/migration/discovery?shouldFetchPods=True`)
    expect(items.every(({ podDetails }) => Array.isArray(podDetails))).toBe(true)
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
