import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { ask, kubeToken, namesOf, readAll, readOne, refusalOf } from './support/kube'

let simulator: TestSimulator
let kube: string | null

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'mixed', nodes: 60, speed: 1, kubePort: 0 })
  kube = simulator.kubeUrl
})
afterAll(() => simulator.close())

describe('who may read', () => {
  it('is off unless a flag asks for it', async () => {
    const plain = await startSimulator({ nodes: 0 })
    expect(plain.kubeUrl).toBeNull()
    await plain.close()
  })

  it.each([null, '', 'demo-token', `${kubeToken}x`])('answers the token %j with a Status of 401, whatever is asked', async (token) => {
    for (const path of ['/api/v1/nodes', '/version', '/readyz', '/nothing'])
      expect(await refusalOf(await ask(kube, path, { token }))).toMatchObject({ http: 401, code: 401, reason: 'Unauthorized' })
  })

  it('takes the token as a password, as kubectl sends it over plain HTTP', async () => {
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
    expect((await ask(kube, '/api/v1/nodes', { token: null, headers: basic(`anyone:${kubeToken}`) })).status).toBe(200)
    expect((await ask(kube, '/api/v1/nodes', { token: null, headers: basic('anyone:other') })).status).toBe(401)
  })

  it('can have its token taken away and given back', async () => {
    await simulator.admin.token({ token: kubeToken, isRevoked: true })
    expect((await ask(kube, '/api/v1/nodes')).status).toBe(401)
    await simulator.admin.token({ token: kubeToken, isRevoked: false })
    expect((await ask(kube, '/api/v1/nodes')).status).toBe(200)
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('refuses %s with a Status and changes nothing', async (method) => {
    const before = await readAll(kube, '/api/v1/nodes')
    const path = `/api/v1/nodes/${namesOf(before)[0]}`
    const body = method === 'DELETE' ? {} : { body: JSON.stringify({ spec: { unschedulable: true } }) }
    expect(await refusalOf(await ask(kube, path, { method, ...body }))).toMatchObject({ http: 405, reason: 'MethodNotAllowed' })
    expect((await readAll(kube, '/api/v1/nodes')).items).toEqual(before.items)
  })
})

describe('paths', () => {
  it('describes itself to clients', async () => {
    const json = async (path: string): Promise<unknown> => (await ask(kube, path)).json()
    expect(await json('/version')).toMatchObject({ major: '1', minor: '33', gitVersion: 'v1.33.2' })
    expect(await json('/api')).toMatchObject({ kind: 'APIVersions', versions: ['v1'] })
    expect(await json('/apis')).toMatchObject({ kind: 'APIGroupList', groups: expect.arrayContaining([expect.objectContaining({ name: 'policy', preferredVersion: { groupVersion: 'policy/v1', version: 'v1' } })]) as unknown })
    expect(await json('/apis/policy')).toMatchObject({ kind: 'APIGroup', versions: [{ version: 'v1' }, { version: 'v1beta1' }] })
    expect(await json('/api/v1')).toMatchObject({ kind: 'APIResourceList', groupVersion: 'v1', resources: expect.arrayContaining([expect.objectContaining({ name: 'pods', namespaced: true, verbs: ['get', 'list', 'watch'] })]) as unknown })
    for (const path of ['/healthz', '/livez', '/readyz']) expect(await (await ask(kube, path)).text()).toBe('ok')
  })

  it.each(['/api/v1/secrets', '/api/v1/nodes/a/status', '/api/v1/namespaces/api/nodes', '/api/v1/pods/x', '/apis/apps/v2/deployments', '/apis/nope', '/openapi/v2', '/', '/api/v1/namespaces/%E0/pods'])('answers %s with 404', async (path) => {
    expect(await refusalOf(await ask(kube, path))).toMatchObject({ http: 404, reason: 'NotFound' })
  })

  it('knows each cluster by its id, and no other', async () => {
    const counts = await Promise.all(['o-demo0001', 'o-demo0002', 'o-stag0001'].map(async (clusterId) => ((await (await ask(kube, '/api/v1/nodes', { clusterId })).json()) as { items: unknown[] }).items.length))
    expect(counts).toEqual([60, 14, 24])
    expect((await ask(kube, '/api/v1/nodes', { clusterId: 'o-none' })).status).toBe(404)
  })

  it('names the object that is missing', async () => {
    expect(await refusalOf(await ask(kube, '/apis/apps/v1/namespaces/api/deployments/nope'))).toMatchObject({ http: 404, message: 'deployments.apps "nope" not found', details: { name: 'nope', group: 'apps', kind: 'deployments' } })
  })

  it('gives a single object with its kind, in the version asked for', async () => {
    const path = '/namespaces/api/poddisruptionbudgets/session-store-pdb'
    expect(await readOne(kube, `/apis/policy/v1${path}`)).toMatchObject({ kind: 'PodDisruptionBudget', apiVersion: 'policy/v1' })
    expect(await readOne(kube, `/apis/policy/v1beta1${path}`)).toMatchObject({ kind: 'PodDisruptionBudget', apiVersion: 'policy/v1beta1' })
  })
})

describe('selectors', () => {
  const pods = async (query: string) => namesOf(await readAll(kube, `/api/v1/namespaces/api/pods?${query}`))
  const selected = (labelSelector: string) => pods(new URLSearchParams({ labelSelector }).toString())

  it('selects by labels, equality and set based', async () => {
    const all = await pods('')
    const one = await selected('app=session-store')
    expect(one).toEqual(['session-store-0', 'session-store-1', 'session-store-2'])
    expect(await selected('app==session-store,statefulset.kubernetes.io/pod-name=session-store-1')).toEqual(['session-store-1'])
    expect(await selected('app in (session-store, rate-limiter)')).toHaveLength(4)
    expect(await selected('app notin (session-store)')).toHaveLength(all.length - 3)
    expect(await selected('app!=session-store')).toHaveLength(all.length - 3)
    expect(await selected('statefulset.kubernetes.io/pod-name')).toEqual(one)
    expect(await selected('statefulset.kubernetes.io/pod-name notin (session-store-1)')).toHaveLength(all.length - 1)
    expect(await selected('statefulset.kubernetes.io/pod-name!=session-store-1')).toHaveLength(all.length - 1)
    expect(await selected('!statefulset.kubernetes.io/pod-name')).toHaveLength(all.length - 3)
    expect(await selected('app in (session-store),!nothing,app!=x')).toEqual(one)
  })

  it('selects by fields', async () => {
    const everyPod = (await readAll(kube, '/api/v1/pods')).items
    const nodeName = everyPod.find(({ metadata }) => metadata.name === 'session-store-0')?.spec.nodeName as string
    const onNode = await readAll(kube, `/api/v1/pods?fieldSelector=spec.nodeName%3D${nodeName}`)
    expect(namesOf(onNode)).toEqual(namesOf({ items: everyPod.filter(({ spec }) => spec.nodeName === nodeName) }))
    const both = await readAll(kube, `/api/v1/pods?fieldSelector=spec.nodeName%3D${nodeName},metadata.namespace!%3Dapi`)
    expect(both.items.length).toBeGreaterThan(0)
    expect(new Set(both.items.map(({ metadata }) => metadata.namespace))).not.toContain('api')
    const pending = await readAll(kube, '/api/v1/pods?fieldSelector=status.phase%3DPending')
    expect(pending.items.map(({ status }) => status.phase)).toEqual(['Pending', 'Pending', 'Pending'])
    expect(namesOf(await readAll(kube, '/api/v1/nodes?fieldSelector=metadata.name%3Dnope'))).toEqual([])
    expect((await readAll(kube, '/api/v1/events?fieldSelector=involvedObject.name%3Dx,involvedObject.kind%3DNode')).items).toEqual([])
  })

  it.each(['labelSelector=app%20in%20x', 'labelSelector=-a', 'labelSelector=a%3D!', 'fieldSelector=spec.nope%3D1', 'fieldSelector=metadata.name', 'limit=many', 'resourceVersion=x', 'resourceVersionMatch=Near'])('refuses %s with 400', async (query) => {
    expect(await refusalOf(await ask(kube, `/api/v1/pods?${query}`))).toMatchObject({ http: 400, reason: 'BadRequest' })
  })
})

describe('pages', () => {
  const pageOf = (query: Record<string, string>) => readAll(kube, `/api/v1/pods?${new URLSearchParams(query).toString()}`)

  it('gives every object once, in order, and says how many are left', async () => {
    const all = namesOf(await readAll(kube, '/api/v1/pods'))
    const seen: string[] = []
    const versions = new Set<string>()
    for (let next: string | undefined = ''; next !== undefined; ) {
      const { items, metadata } = await pageOf({ limit: '97', continue: next })
      seen.push(...namesOf({ items }))
      versions.add(metadata.resourceVersion)
      expect(metadata.remainingItemCount ?? 0).toBe(all.length - seen.length)
      next = metadata.continue
    }
    expect(seen).toEqual(all)
    expect(versions.size).toBe(1)
  })

  it('leaves the count out where a selector makes it costly', async () => {
    const { metadata } = await pageOf({ limit: '2', labelSelector: 'app' })
    expect(metadata.continue).toBeDefined()
    expect(metadata.remainingItemCount).toBeUndefined()
  })

  it('answers a token that it did not make with 410', async () => {
    expect(await refusalOf(await ask(kube, '/api/v1/pods?limit=5&continue=bm90aGluZw'))).toMatchObject({ http: 410, reason: 'Expired' })
    const other = await startSimulator({ nodes: 10, kubePort: 0 })
    const foreign = (await readAll(other.kubeUrl, '/api/v1/pods?limit=1')).metadata.continue ?? ''
    expect((await ask(kube, `/api/v1/pods?limit=5&continue=${foreign}`)).status).toBe(410)
    const earlier = (await pageOf({ limit: '1' })).metadata.continue ?? ''
    expect((await ask(other.kubeUrl, `/api/v1/pods?limit=5&continue=${earlier}`)).status).toBe(410)
    await other.close()
  })

  it('answers a version that is still to come with 504', async () => {
    const { metadata } = await pageOf({ limit: '1' })
    expect(await refusalOf(await ask(kube, `/api/v1/pods?resourceVersion=${Number(metadata.resourceVersion) + 1000}`))).toMatchObject({ http: 504, reason: 'Timeout' })
  })
})

describe('tables', () => {
  const table = async (path: string, accept: string) => (await ask(kube, path, { headers: { accept } })).json() as Promise<{ kind: string; apiVersion: string; columnDefinitions: { name: string; priority: number }[]; rows: { cells: unknown[]; object?: { kind: string; spec?: unknown } }[] }>
  const asTable = (version: string) => `application/json;as=Table;v=${version};g=meta.k8s.io`

  it.each(['v1', 'v1beta1'])('are given to who asks for meta.k8s.io/%s first', async (version) => {
    const answer = await table('/api/v1/nodes', `${asTable(version)}, application/json`)
    expect(answer).toMatchObject({ kind: 'Table', apiVersion: `meta.k8s.io/${version}` })
    expect(answer.columnDefinitions.filter(({ priority }) => priority === 0).map(({ name }) => name)).toEqual(['Name', 'Status', 'Roles', 'Age', 'Version'])
    expect(answer.rows).toHaveLength(60)
    expect(answer.rows[0]).toMatchObject({ object: { kind: 'PartialObjectMetadata' } })
    expect(answer.rows[0]?.cells).toHaveLength(answer.columnDefinitions.length)
  })

  it('include of the objects what is asked for', async () => {
    const rowOf = async (included: string) => (await table(`/api/v1/nodes?includeObject=${included}`, asTable('v1'))).rows[0]
    expect((await rowOf('None'))?.object).toBeUndefined()
    expect((await rowOf('Object'))?.object).toMatchObject({ kind: 'Node', spec: {} })
    expect((await ask(kube, '/api/v1/nodes?includeObject=Half', { headers: { accept: asTable('v1') } })).status).toBe(400)
  })

  it('are not given to others, and a form that is not known here is refused', async () => {
    const kindFor = async (accept: string) => ((await (await ask(kube, '/api/v1/nodes', { headers: { accept } })).json()) as { kind: string }).kind
    expect(await kindFor('application/json')).toBe('NodeList')
    expect(await kindFor(`application/vnd.kubernetes.protobuf, application/json;as=Table;v=v9;g=meta.k8s.io, */*`)).toBe('NodeList')
    expect(await refusalOf(await ask(kube, '/api/v1/nodes', { headers: { accept: 'application/yaml' } }))).toMatchObject({ http: 406 })
  })
})

describe('a large cluster', () => {
  it('lists 2,000 nodes and 26,000 pods quickly and answers others meanwhile', async () => {
    const large = await startSimulator({ nodes: 2000, kubePort: 0, speed: 1 })
    const startedAt = performance.now()
    expect((await readAll(large.kubeUrl, '/api/v1/nodes')).items).toHaveLength(2000)
    expect(performance.now() - startedAt).toBeLessThan(5000)

    const [listedAt, waits] = [performance.now(), [] as number[]]
    let isOver = false
    const pods = ask(large.kubeUrl, '/api/v1/pods').then((response) => response.text()).finally(() => (isOver = true))
    while (!isOver) {
      const askedAt = performance.now()
      expect((await ask(large.kubeUrl, '/readyz')).status).toBe(200)
      waits.push(performance.now() - askedAt)
    }
    const wholeMs = performance.now() - listedAt
    expect((JSON.parse(await pods) as { items: unknown[] }).items.length).toBeGreaterThan(20_000)
    expect(Math.max(...waits)).toBeLessThan(wholeMs / 2)
    await large.close()
  })
})
