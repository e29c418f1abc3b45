import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { scenarioNames, type ScenarioName } from '@/lib/simulator/scenarios/table'
import { errorEnvelope } from '@/lib/spot/schemas/envelope'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, type CallOptions } from './support/call'
import { readContract } from './support/contract'

/** The document gives its 400 no shape, and no other error: those are held against the product's own envelope. */
const contract = readContract('spot-aks-rolls.openapi.json')
if (contract === null) it.skip("SKIPPED: the vendor's document on rolls is not beside the project, so answers are checked against the project's own envelope only", () => undefined)

type Asked = CallOptions & { path: string }
/** `good` succeeds, each in its order in the table; `bad` is wrong by itself; `unknown` names something that is not there. */
type Operation = { name: string; good: (rollId: string) => Asked; bad?: Asked; unknown: Asked }

const template = '/ocean/azure/np/cluster/{oceanClusterId}/roll'
const launchPath = '/ocean/azure/np/cluster/launchNewNodes'
const rolls = `${demoCluster}/roll`
const nowhere = '/ocean/azure/np/cluster/o-00000000/roll'
const launch = (body: unknown): Asked => ({ path: launchPath, method: 'PUT', body })

const operations: readonly Operation[] = [
  {
    name: `post ${template}`,
    good: () => ({ path: rolls, method: 'POST', body: { comment: 'new image' } }),
    bad: { path: rolls, method: 'POST', body: { batchSizePercentage: 101 } },
    unknown: { path: nowhere, method: 'POST', body: {} },
  },
  { name: `get ${template}`, good: () => ({ path: rolls }), unknown: { path: nowhere } },
  { name: `get ${template}/{rollId}`, good: (id) => ({ path: `${rolls}/${id}` }), unknown: { path: `${rolls}/scr-00000000` } },
  { name: `put ${launchPath}`, good: () => launch({ oceanId: 'o-demo0001', adjustment: 2 }), bad: launch({ oceanId: 'o-demo0001' }), unknown: launch({ oceanId: 'o-00000000', adjustment: 1 }) },
  {
    name: `put ${template}/{rollId}/stop`,
    good: (id) => ({ path: `${rolls}/${id}/stop`, method: 'PUT' }),
    unknown: { path: `${rolls}/scr-00000000/stop`, method: 'PUT' },
  },
]
const reads = operations.filter(({ name }) => name.startsWith('get'))
const writes = operations.filter(({ name }) => !name.startsWith('get'))

let simulator: TestSimulator

const ask = ({ path, ...options }: Asked) => call(simulator.baseUrl, path, options)

const expectAnswer = async (operation: Operation, asked: Asked, status: number, isAnyWord = false): Promise<string> => {
  const reply = await ask(asked)
  const where = `${operation.name} ${status}`
  expect(reply.status, `${where} ${JSON.stringify(reply.errors)}`).toBe(status)
  expect(reply.headers.get('content-type'), where).toBe('application/json')
  if (status !== 200) expect(errorEnvelope.safeParse(reply.json).error?.issues ?? [], where).toEqual([])
  if (status === 400) expect(reply.errors.length, where).toBeGreaterThan(0)
  const faults = (status === 200 ? contract?.faultsOf(operation.name, 200, reply.json) : undefined) ?? []
  expect(isAnyWord ? faults.filter((fault) => !/status must be equal to one of/i.test(fault)) : faults, where).toEqual([])
  return String(reply.items[0]?.id)
}

/** Statuses outside the enums are what this scenario is for. */
const hasAnyWord = (scenario: ScenarioName) => scenario === 'unknown-status'

describe.each(scenarioNames)('rolls in scenario %s', (scenario) => {
  let rollId = ''
  beforeAll(async () => {
    simulator = await startSimulator({ scenario })
  })
  afterAll(() => simulator.close())

  it('every operation answers as documented, and every read does until the roll has ended', async () => {
    for (const operation of operations) {
      const id = await expectAnswer(operation, operation.good(rollId), 200, hasAnyWord(scenario))
      if (operation.name === `post ${template}`) rollId = id
    }
    await simulator.admin.time({ skipMs: 14_400_000 })
    const [create] = operations as [Operation]
    rollId = await expectAnswer(create, create.good(''), 200, hasAnyWord(scenario))
    for (const skipMs of [120_000, 300_000, 600_000, 14_400_000]) {
      await simulator.admin.time({ skipMs })
      for (const operation of reads) await expectAnswer(operation, operation.good(rollId), 200, hasAnyWord(scenario))
    }
    expect((await ask({ path: `${rolls}/${rollId}` })).items[0]?.status).not.toBe('IN_PROGRESS')
  })

  it('every operation answers each error in its documented shape', async () => {
    for (const operation of operations) {
      const good = operation.good(rollId)
      await expectAnswer(operation, { ...good, token: 'expired-token' }, 401)
      await expectAnswer(operation, { ...good, account: 'act-other001' }, 403)
      if (operation.bad !== undefined) await expectAnswer(operation, operation.bad, 400)
      await expectAnswer(operation, operation.unknown, 404)
    }
    for (const operation of writes) await expectAnswer(operation, { ...operation.good(rollId), token: 'readonly-token' }, 403)
  })
})

describe('a roll that respects restrict scale down', () => {
  beforeAll(async () => {
    simulator = await startSimulator({ scenario: 'mixed' })
  })
  afterAll(() => simulator.close())

  it('is valid with a node left for it', async () => {
    await call(simulator.baseUrl, `${demoCluster}/migration`, { method: 'POST', body: { nodePoolNames: ['npbatch'] } })
    await simulator.admin.time({ skipMs: 3 * 3_600_000 })
    const [create, list] = operations as [Operation, Operation]
    const rollId = await expectAnswer(create, { path: rolls, method: 'POST', body: { respectRestrictScaleDown: true, batchMinHealthyPercentage: 1 } }, 200)
    await simulator.admin.time({ skipMs: 3 * 3_600_000 })
    await expectAnswer(list, list.good(rollId), 200)
    const { nodes = {} } = (await simulator.admin.runs())[rollId] ?? {}
    expect(Object.values(nodes)).toContain('NOT_REPLACED_DUE_TO_RSD')
  })
})

describe('rolls by fault and by limit', () => {
  beforeAll(async () => {
    simulator = await startSimulator()
  })
  afterEach(() => simulator.admin.clearFaults())
  afterAll(() => simulator.close())

  it.each([500, 502, 503, 504])('every operation can answer %s', async (status) => {
    await simulator.admin.fault({ effect: { kind: 'status', status }, times: operations.length })
    for (const operation of operations) await expectAnswer(operation, operation.good('scr-00000000'), status)
  })

  it('every operation can answer 429', async () => {
    await simulator.admin.fault({ effect: { kind: 'rate-limit', resetSeconds: 30 }, times: operations.length })
    for (const operation of operations) await expectAnswer(operation, operation.good('scr-00000000'), 429)
  })

  it('every path answers a method it does not have with 405, and every body that is no JSON with 400', async () => {
    for (const operation of operations) await expectAnswer(operation, { path: operation.good('scr-00000000').path, method: 'PATCH' }, 405)
    for (const operation of writes) {
      const { path, method = 'PUT' } = operation.good('scr-00000000')
      await expectAnswer(operation, { path, method, rawBody: '{"a":' }, 400)
    }
  })

  it('a second roll and a stop of one that has ended are refused with 400', async () => {
    const [create] = operations as [Operation]
    const id = await expectAnswer(create, create.good(''), 200)
    await expectAnswer(create, create.good(''), 400)
    await simulator.admin.time({ skipMs: 14_400_000 })
    const stop = operations.find(({ name }) => name.endsWith('/stop')) as Operation
    await expectAnswer(stop, stop.good(id), 400)
  })

  it.runIf(contract !== null)('has every operation of the document in its table', () => {
    expect(operations.map(({ name }) => name).sort()).toEqual([...(contract?.operations ?? [])].sort())
  })

  it.runIf(contract !== null)('would not pass a status outside the enum', async () => {
    await simulator.admin.wire({ statusCase: 'capitalised' })
    expect(contract?.faultsOf(`get ${template}`, 200, (await ask({ path: rolls })).json)).not.toEqual([])
  })
})
