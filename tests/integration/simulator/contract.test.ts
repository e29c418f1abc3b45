import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { scenarioNames, scenarios } from '@/lib/simulator/scenarios/table'
import { envelope, errorEnvelope } from '@/lib/spot/schemas/envelope'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, groupsPath } from './support/call'
import { readContract } from './support/contract'
import { operations, type Asked, type Ids, type Operation } from './support/operations'

/** Without the vendor's document the project's own schemas still check every answer. */
const contract = readContract()
if (contract === null) it.skip("SKIPPED: the vendor's contract document is not beside the project, so answers are checked against the project's own schemas only", () => undefined)

const clusterId = 'o-demo0001'
/** Statuses outside the enums are what this scenario is for. */
const hasUnknownStatuses = (scenario: string) => scenario === 'unknown-status'

let simulator: TestSimulator

const ask = async ({ path, ...options }: Asked) => call(simulator.baseUrl, path, options)

const methodOf = (operation: Operation) => (operation.name.split(' ')[0] ?? '').toUpperCase() as 'GET' | 'POST' | 'PUT' | 'DELETE'

/** The answer that the contract has for a status: one of 5xx stands for all, and 405 and 413 are like a 400. */
const documentedAs = (status: number): number => (status >= 500 ? 500 : status === 405 || status === 413 ? 400 : status)

const expectValid = (operation: Operation, reply: Awaited<ReturnType<typeof ask>>, status: number, { isLenient = false, isForced = false } = {}): void => {
  const where = `${operation.name} ${status}`
  expect(reply.status, `${where} ${JSON.stringify(reply.errors)}`).toBe(status)
  expect(reply.body.status.code, where).toBe(status)
  expect(reply.headers.get('content-type'), where).toBe('application/json')
  if (!isForced) for (const name of ['limit', 'remaining', 'reset']) expect(reply.headers.get(`x-ratelimit-${name}`), where).toMatch(/^\d+$/)
  const faults = contract?.faultsOf(operation.name, documentedAs(status), reply.json) ?? []
  expect(isLenient ? faults.filter((fault) => !/status must be equal to one of/i.test(fault)) : faults, where).toEqual([])
  const own = status === 200 ? (operation.own === null ? null : envelope(operation.own)) : errorEnvelope
  expect(own?.safeParse(reply.json).error?.issues ?? [], where).toEqual([])
}

/** What the scenario's cluster offers to work on, before anything was done to it. */
const lookAround = async (): Promise<Ids> => {
  const [groups, nodes, found, runs] = await Promise.all([
    call(simulator.baseUrl, `${groupsPath}?oceanId=${clusterId}`),
    call(simulator.baseUrl, `${demoCluster}/nodes`),
    call(simulator.baseUrl, `${demoCluster}/migration/discovery`),
    call(simulator.baseUrl, `${demoCluster}/migration`),
  ])
  return {
    cluster: clusterId,
    group: String(groups.items[0]?.id),
    poolName: String(found.items[0]?.nodePoolName),
    movable: found.items.filter(({ virtualNodeGroupId }) => virtualNodeGroupId !== null).map(({ nodeName }) => String(nodeName)),
    managedNode: String(nodes.items.find(({ virtualNodeGroupId }) => virtualNodeGroupId !== undefined)?.nodeName),
    run: String(runs.items[0]?.id),
    freeGroup: '',
    newCluster: '',
  }
}

/** What an operation made is what later ones work on. */
const remember = (ids: Ids, { name }: Operation, id: string): void => {
  if (name.endsWith('/virtualNodeGroup') && name.startsWith('post')) ids.freeGroup = id
  if (name === 'post /ocean/azure/np/cluster') ids.newCluster = id
  if (name.startsWith('post') && name.endsWith('/migration')) ids.run = id
}

const reads = operations.filter((operation) => methodOf(operation) === 'GET')

describe.each(scenarioNames)('in scenario %s', (scenario) => {
  let ids: Ids
  beforeAll(async () => {
    simulator = await startSimulator({ scenario })
    ids = await lookAround()
  })
  afterAll(() => simulator.close())

  const isLenient = hasUnknownStatuses(scenario)

  it('every operation answers what the contract says, and what the product reads', async () => {
    for (const operation of operations) {
      const reply = await ask(operation.good(ids))
      expectValid(operation, reply, 200, { isLenient })
      remember(ids, operation, String(reply.items[0]?.id))
    }
  })

  it.each([
    ['in the middle of a run', 300_000],
    ['at its end', 14_400_000],
  ])('every read stays valid %s', async (_name, skipMs) => {
    const started = await call(simulator.baseUrl, `${demoCluster}/migration`, { method: 'POST', body: { nodeNames: ids.movable.slice(6, 18) } })
    if (started.status === 200) ids.run = String(started.items[0]?.id)
    await simulator.admin.time({ skipMs })
    for (const operation of reads) expectValid(operation, await ask(operation.good(ids)), 200, { isLenient })
  })

  it('every operation answers each error in its documented shape', async () => {
    for (const operation of operations) {
      const { good, bad, unknown } = operation
      expectValid(operation, await ask({ ...good(ids), token: 'expired-token' }), 401)
      expectValid(operation, await ask({ ...good(ids), account: 'act-other001' }), 403)
      if (bad !== undefined) expectValid(operation, await ask(bad(ids)), 400)
      if (unknown !== undefined) expectValid(operation, await ask(unknown(ids)), 404)
    }
  })
})

describe('in a cluster of 2,000 nodes and 60,000 pods', () => {
  beforeAll(async () => {
    simulator = await startSimulator({ scenario: 'huge', ...scenarios.huge.size })
  })
  afterAll(() => simulator.close())

  it('every read is valid', async () => {
    const ids = await lookAround()
    expect(ids.movable.length).toBeGreaterThan(1_000)
    for (const operation of reads) expectValid(operation, await ask(operation.good(ids)), 200)
  })
})

describe('where restrict scale down is respected', () => {
  beforeAll(async () => {
    simulator = await startSimulator({ scenario: 'mixed' })
  })
  afterAll(() => simulator.close())

  it('every read of the run is valid, and a switch sends the word that only the text on rolls has', async () => {
    const ids = await lookAround()
    const body = { nodePoolNames: ['npbatch'], respectRestrictScaleDown: true, batchMinHealthyPercentage: 1 }
    ids.run = String((await call(simulator.baseUrl, `${demoCluster}/migration`, { method: 'POST', body })).items[0]?.id)
    await simulator.admin.time({ skipMs: 3 * 3_600_000 })
    for (const operation of reads) expectValid(operation, await ask(operation.good(ids)), 200)
    const shown = async () => JSON.stringify((await call(simulator.baseUrl, `${demoCluster}/migration/${ids.run}`)).items)
    expect((await simulator.admin.runs())[ids.run]?.status).toBe('COMPLETED')
    expect(await shown()).toContain('"status":"DID_NOT_REPLACE"')
    for (const restrictedAs of ['NOT_REPLACED_DUE_TO_PDB', 'NOT_REPLACED_DUE_TO_RSD'] as const) {
      await simulator.admin.wire({ restrictedAs })
      expect(await shown()).toContain(`"status":"${restrictedAs}"`)
      expect(await shown()).not.toContain('DID_NOT_REPLACE')
    }
  })
})

describe('by fault and by limit', () => {
  let ids: Ids
  beforeAll(async () => {
    simulator = await startSimulator()
    ids = await lookAround()
  })
  afterEach(() => simulator.admin.clearFaults())
  afterAll(() => simulator.close())

  it.each([400, 404, 500, 502, 503, 504])('every operation can answer %s', async (status) => {
    await simulator.admin.fault({ effect: { kind: 'status', status }, times: operations.length })
    for (const operation of operations) expectValid(operation, await ask(operation.good(ids)), status, { isForced: true })
  })

  it('every operation can answer 429', async () => {
    await simulator.admin.fault({ effect: { kind: 'rate-limit', resetSeconds: 30 }, times: operations.length })
    for (const operation of operations) {
      const reply = await ask(operation.good(ids))
      expectValid(operation, reply, 429)
      expect(reply.body).toEqual({ status: { code: 429, message: 'Too Many Requests' }, data: 'Rate limit exceeded' })
    }
  })

  it('every write answers a body beyond the limit with 413, and one that is no JSON with 400', async () => {
    const rawBody = JSON.stringify({ comment: 'x'.repeat(5 * 1024 * 1024) })
    for (const operation of operations.filter((one) => ['POST', 'PUT'].includes(methodOf(one)))) {
      const { path, method = 'GET' } = operation.good(ids)
      expectValid(operation, await ask({ path, method, rawBody }), 413)
      expectValid(operation, await ask({ path, method, rawBody: '{"a":' }), 400)
    }
  })

  it('every path answers a method it does not have with 405', async () => {
    for (const path of new Set(operations.map(({ good }) => good(ids).path.split('?')[0] ?? ''))) {
      const operation = operations.find(({ good }) => good(ids).path.startsWith(path)) as Operation
      expectValid(operation, await ask({ path, method: 'PATCH' }), 405)
    }
  })

  it('a token that may only read is refused every write', async () => {
    for (const operation of operations.filter((one) => methodOf(one) !== 'GET' && !one.name.includes('aggregatedCosts')))
      expectValid(operation, await ask({ ...operation.good(ids), token: 'readonly-token' }), 403)
  })
})

describe('the check itself', () => {
  beforeAll(async () => {
    simulator = await startSimulator()
  })
  afterAll(() => simulator.close())

  it.runIf(contract !== null)('has every operation of the document in its table', () => {
    expect(operations.map(({ name }) => name).sort()).toEqual([...(contract?.operations ?? [])].sort())
  })

  it.runIf(contract !== null)('would not pass a status outside the enum', async () => {
    await simulator.admin.wire({ statusCase: 'capitalised' })
    const reply = await call(simulator.baseUrl, `${demoCluster}/migration`)
    expect(contract?.faultsOf('get /ocean/azure/np/cluster/{oceanClusterId}/migration', 200, reply.json)).not.toEqual([])
  })

  it('would not pass a node without its name', async () => {
    await simulator.admin.fault({ effect: { kind: 'field', path: 'nodeName' }, times: 1 })
    const { json } = await call(simulator.baseUrl, `${demoCluster}/nodes`)
    const nodes = operations.find(({ name }) => name.endsWith('/nodes'))
    expect(nodes?.own && envelope(nodes.own).safeParse(json).success).toBe(false)
  })
})
