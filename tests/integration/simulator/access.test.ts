import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, edgeCluster, groupsPath, send } from './support/call'

let simulator: TestSimulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())

const clusterNames = async (options: { token?: string; account?: string | null }) => (await call(simulator.baseUrl, '/ocean/azure/np/cluster', options)).items.map(({ id }) => id)

describe('tokens', () => {
  it.each([null, 'expired-token', 'made-up', 'toString'])('answers %s with a 401 that has a status and nothing else', async (token) => {
    const { status, body } = await call(simulator.baseUrl, demoCluster, { token })
    expect(status).toBe(401)
    expect(body).toEqual({ status: { code: 401, message: 'Unauthorized' } })
  })

  it('gives a read-only token every read and no write', async () => {
    const token = 'readonly-token'
    expect((await call(simulator.baseUrl, demoCluster, { token })).status).toBe(200)
    expect((await call(simulator.baseUrl, '/ocean/azure/k8s/cluster/o-demo0001/aggregatedCosts', { token, method: 'POST', body: {} })).status).toBe(400)
    const { status, errors } = await call(simulator.baseUrl, `${demoCluster}/migration`, { token, method: 'POST', body: {} })
    expect(status).toBe(403)
    expect(errors).toEqual([{ code: 'FORBIDDEN', message: 'The token may only read.' }])
  })

  it('keeps a limited token from one cluster and from the list of accounts', async () => {
    const token = 'limited-token'
    expect((await call(simulator.baseUrl, demoCluster, { token })).status).toBe(200)
    expect((await call(simulator.baseUrl, edgeCluster, { token })).status).toBe(403)
    expect((await call(simulator.baseUrl, `${edgeCluster}/nodes`, { token })).status).toBe(403)
    expect((await call(simulator.baseUrl, '/setup/account', { token })).status).toBe(403)
    const groups = (await call(simulator.baseUrl, groupsPath, { token })).items
    expect(new Set(groups.map(({ oceanId }) => oceanId))).toEqual(new Set(['o-demo0001']))
  })

  it('can be taken away and given back while it runs', async () => {
    await simulator.admin.token({ token: 'second-token', isRevoked: true })
    expect((await send(simulator.baseUrl, demoCluster, { token: 'second-token' })).status).toBe(401)
    expect((await send(simulator.baseUrl, demoCluster)).status).toBe(200)
    await simulator.admin.token({ token: 'second-token', isRevoked: false })
    expect((await send(simulator.baseUrl, demoCluster, { token: 'second-token' })).status).toBe(200)
  })
})

describe('accounts', () => {
  it('shows each account its own clusters', async () => {
    expect(await clusterNames({})).toEqual(['o-demo0001', 'o-demo0002'])
    expect(await clusterNames({ account: 'act-demo0002' })).toEqual(['o-stag0001'])
    expect(await clusterNames({ token: 'other-org-token', account: 'act-other001' })).toEqual(['o-othr0001'])
  })

  it('works on the oldest account of the organisation when none is named', async () => {
    expect(await clusterNames({ account: null })).toEqual(['o-demo0001', 'o-demo0002'])
    expect(await clusterNames({ token: 'other-org-token', account: null })).toEqual(['o-othr0001'])
  })

  it('refuses an account of another organisation', async () => {
    expect((await call(simulator.baseUrl, demoCluster, { account: 'act-other001' })).status).toBe(403)
  })

  it('answers for a cluster of another account exactly as for one that does not exist', async () => {
    const foreign = await call(simulator.baseUrl, '/ocean/azure/np/cluster/o-othr0001')
    const unknown = await call(simulator.baseUrl, '/ocean/azure/np/cluster/o-nowhere1')
    expect(foreign.status).toBe(404)
    expect(foreign.errors).toEqual([{ code: 'RESOURCE_NOT_FOUND', message: 'Cluster o-othr0001 was not found.' }])
    expect(unknown.errors).toEqual([{ code: 'RESOURCE_NOT_FOUND', message: 'Cluster o-nowhere1 was not found.' }])
  })

  it('lists the accounts of the token, the number of the organisation as a number', async () => {
    const { items } = await call(simulator.baseUrl, '/setup/account', { account: null })
    expect(items).toEqual([
      { accountId: 'act-demo0001', organizationId: 606079861123, name: 'Demo', providerExternalId: 'sub-act-demo0001' },
      { accountId: 'act-demo0002', organizationId: 606079861123, name: 'Staging', providerExternalId: 'sub-act-demo0002' },
    ])
  })
})

describe('paths', () => {
  it.each(['/', '/ocean', '//ocean/azure/np/cluster', '/ocean/azure/np/cluster/', '/ocean/azure/np/cluster/o-demo0001/nodes/x'])('knows no %s', async (path) => {
    expect((await send(simulator.baseUrl, path)).status).toBe(404)
  })

  it('does not take an encoded slash for a separator', async () => {
    expect((await call(simulator.baseUrl, '/ocean/azure/np/cluster/..%2Fo-demo0001')).status).toBe(404)
  })

  it('answers a method the path does not have with 405', async () => {
    expect((await call(simulator.baseUrl, `${demoCluster}/nodes`, { method: 'DELETE' })).status).toBe(405)
  })
})

describe('bodies', () => {
  const migration = `${demoCluster}/migration`

  it('refuses malformed JSON with 400', async () => {
    const { status, errors } = await call(simulator.baseUrl, migration, { method: 'POST', rawBody: '{"nodeNames": [' })
    expect(status).toBe(400)
    expect(errors[0]?.message).toBe('The body is not valid JSON.')
  })

  it('refuses ten megabytes with 413, and goes on', async () => {
    const { status } = await call(simulator.baseUrl, migration, { method: 'POST', rawBody: JSON.stringify({ comment: 'x'.repeat(10 * 1024 * 1024) }) })
    expect(status).toBe(413)
    expect((await call(simulator.baseUrl, demoCluster)).status).toBe(200)
  })
})
