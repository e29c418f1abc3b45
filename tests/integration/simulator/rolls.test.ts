import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorEnvelope } from '@/lib/spot/schemas/envelope'
import { z } from 'zod'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, type CallOptions } from './support/call'
import { readContract } from './support/contract'
import { clusterNodes, namesIn, startRun, toEnd } from './support/runs'

const contract = readContract('spot-aks-rolls.openapi.json')
if (contract === null) it.skip("SKIPPED: the vendor's document on rolls is not beside the project, so answers are checked against shapes of the project's own only", () => undefined)

const rolls = `${demoCluster}/roll`
const launch = '/ocean/azure/np/cluster/launchNewNodes'
const template = '/ocean/azure/np/cluster/{oceanClusterId}/roll'
const operationOf = { create: `post ${template}`, list: `get ${template}`, get: `get ${template}/{rollId}`, stop: `put ${template}/{rollId}/stop`, launch: 'put /ocean/azure/np/cluster/launchNewNodes' }

const roll = z.strictObject({
  id: z.string().regex(/^scr-[0-9a-f]{8}$/),
  oceanId: z.string(),
  type: z.literal('manual'),
  scope: z.enum(['Cluster', 'Vng', 'Node Pool', 'Node']),
  status: z.enum(['IN_PROGRESS', 'COMPLETED', 'PARTLY_COMPLETED', 'FAILED', 'STOPPED']),
  currentBatch: z.number().int(),
  numOfBatches: z.number().int(),
  comment: z.string().optional(),
  progress: z.strictObject({ progressPercentage: z.number().int(), detailedStatus: z.strictObject({ rollNodes: z.array(z.strictObject({ nodeName: z.string(), status: z.string() })) }) }),
  respectPdb: z.boolean(),
  respectRestrictScaleDown: z.boolean(),
  batchMinHealthyPercentage: z.number(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})

let simulator: TestSimulator
beforeAll(async () => {
  simulator = await startSimulator({ nodes: 60 })
})
afterAll(() => simulator.close())

const ask = async (operation: keyof typeof operationOf, path: string, options: CallOptions = {}) => {
  const reply = await call(simulator.baseUrl, path, options)
  if (reply.status === 200) expect(contract?.faultsOf(operationOf[operation], 200, reply.json) ?? []).toEqual([])
  else expect(errorEnvelope.safeParse(reply.json).success).toBe(true)
  return reply
}

const create = async (body: Record<string, unknown> = {}) => roll.parse((await ask('create', rolls, { method: 'POST', body })).items[0])
const read = async (id: string) => roll.parse((await ask('get', `${rolls}/${id}`)).items[0])
const finish = async (id: string) => {
  for (let hours = 0; hours < 50; hours += 1) {
    const found = await read(id)
    if (found.status !== 'IN_PROGRESS') return found
    await simulator.admin.time({ skipMs: 3_600_000 })
  }
  throw new Error('The roll has not ended.')
}

describe('rolls over HTTP', () => {
  it('replace the nodes of a group by others of the group', async () => {
    const before = (await clusterNodes(simulator)).filter(({ virtualNodeGroupId }) => virtualNodeGroupId !== null)
    const vngId = before[0]?.virtualNodeGroupId
    const started = await create({ vngIds: [vngId], batchSizePercentage: 50, comment: 'new image' })
    expect(started).toMatchObject({ oceanId: 'o-demo0001', scope: 'Vng', status: 'IN_PROGRESS', currentBatch: 1, comment: 'new image', progress: { progressPercentage: 0 } })
    const ended = await finish(started.id)
    expect(ended).toMatchObject({ status: 'COMPLETED', progress: { progressPercentage: 100 } })
    const after = await clusterNodes(simulator)
    for (const { nodeName } of ended.progress.detailedStatus.rollNodes) expect(after.some((node) => node.nodeName === nodeName)).toBe(false)
    expect(after.some(({ virtualNodeGroupId }) => virtualNodeGroupId === vngId)).toBe(true)
  })

  it('are listed newest first, apart from migrations, and neither is found under the other’s path', async () => {
    const [name] = await namesIn(simulator, 'npweb')
    const migration = await startRun(simulator, { nodeNames: [name] })
    expect((await ask('get', `${rolls}/${migration.id}`)).status).toBe(404)
    expect((await ask('stop', `${rolls}/${migration.id}/stop`, { method: 'PUT' })).status).toBe(404)
    const refused = await ask('create', rolls, { method: 'POST', body: {} })
    expect(refused).toMatchObject({ status: 400, errors: [{ code: 'MIGRATION_IN_PROGRESS' }] })
    await toEnd(simulator, migration.id)
    const second = await create({})
    const listed = (await ask('list', rolls)).items.map(({ id }) => id)
    expect(listed[0]).toBe(second.id)
    expect(listed).not.toContain(migration.id)
    const migrations = await call(simulator.baseUrl, `${demoCluster}/migration`)
    expect(migrations.items.map(({ id }) => id)).not.toContain(second.id)
    expect((await call(simulator.baseUrl, `${demoCluster}/migration/${second.id}`)).status).toBe(404)
    expect((await call(simulator.baseUrl, `${demoCluster}/migration/${second.id}/stop`, { method: 'PUT' })).status).toBe(404)
  })

  it('can be stopped by an empty PUT, and not twice once they have ended', async () => {
    const [running] = (await ask('list', rolls)).items
    const id = String(running?.id)
    expect((await ask('stop', `${rolls}/${id}/stop`, { method: 'PUT' })).status).toBe(200)
    expect((await finish(id)).status).toBe('STOPPED')
    expect(await ask('stop', `${rolls}/${id}/stop`, { method: 'PUT' })).toMatchObject({ status: 400, errors: [{ code: 'INVALID_STATE' }] })
  })

  it.each([
    ['a batch of 0 percent', { batchSizePercentage: 0 }, 'batchSizePercentage'],
    ['an unknown field', { batchSize: 3 }, 'batchSize'],
    ['a comment one character too long', { comment: 'x'.repeat(257) }, 'comment'],
    ['an unknown group', { vngIds: ['vng-ffffffff'] }, 'vngIds'],
    ['a node that Ocean does not manage', { nodeNames: ['nobody'] }, 'nodeNames'],
  ])('refuse %s, naming the field', async (_name, body, field) => {
    expect(await ask('create', rolls, { method: 'POST', body })).toMatchObject({ status: 400, errors: [{ field }] })
  })

  it('refuse strangers, readers and other accounts', async () => {
    for (const [token, status] of [[null, 401], ['expired-token', 401], ['readonly-token', 403]] as const) expect((await ask('create', rolls, { method: 'POST', body: {}, token })).status).toBe(status)
    expect((await ask('list', rolls, { token: 'readonly-token' })).status).toBe(200)
    expect((await ask('list', '/ocean/azure/np/cluster/o-othr0001/roll')).status).toBe(404)
  })
})

describe('Launch New Nodes', () => {
  it('adds nodes of the wanted lifecycle in the wanted zones, and says where', async () => {
    const before = (await clusterNodes(simulator)).length
    const reply = await ask('launch', launch, { method: 'PUT', body: { oceanId: 'o-demo0001', adjustment: 3, preferredLifecycle: 'Regular', availabilityZones: ['2'] } })
    expect(reply.status).toBe(200)
    const [{ vngScalingUpResults, nodesLeftToScale } = {}] = reply.items
    expect(nodesLeftToScale).toBe(0)
    const rows = z.array(z.object({ vngId: z.string(), lifeCycle: z.string(), zones: z.array(z.string()), numOfNewScaleNodes: z.number() })).parse(vngScalingUpResults)
    expect(rows.reduce((sum, { numOfNewScaleNodes }) => sum + numOfNewScaleNodes, 0)).toBe(3)
    expect(rows.every(({ lifeCycle, zones }) => lifeCycle === 'OnDemand' && zones.join() === '2')).toBe(true)
    await simulator.admin.time({ skipMs: 600_000 })
    expect((await clusterNodes(simulator)).length).toBe(before + 3)
  })

  it.each([
    ['no number of nodes', { oceanId: 'o-demo0001' }, 'adjustment'],
    ['less than one node', { oceanId: 'o-demo0001', adjustment: 0 }, 'adjustment'],
    ['an unknown lifecycle', { oceanId: 'o-demo0001', adjustment: 1, preferredLifecycle: 'Cheap' }, 'preferredLifecycle'],
    ['sizes that do not exist', { oceanId: 'o-demo0001', adjustment: 1, applicableVmSizes: ['Standard_Huge'] }, 'applicableVmSizes'],
    ['an unknown group', { oceanId: 'o-demo0001', adjustment: 1, vngIds: ['vng-ffffffff'] }, 'vngIds'],
  ])('refuses %s, naming the field', async (_name, body, field) => {
    expect(await ask('launch', launch, { method: 'PUT', body })).toMatchObject({ status: 400, errors: [{ field }] })
  })

  it('refuses a token that may only read, and a cluster of another account', async () => {
    const body = { oceanId: 'o-demo0001', adjustment: 1 }
    expect((await ask('launch', launch, { method: 'PUT', body, token: 'readonly-token' })).status).toBe(403)
    expect((await ask('launch', launch, { method: 'PUT', body: { ...body, oceanId: 'o-othr0001' } })).status).toBe(404)
  })
})

it('every path of the document is served', () => {
  expect(contract?.operations ?? Object.values(operationOf)).toEqual(expect.arrayContaining(Object.values(operationOf)))
  expect(contract?.operations.length ?? 5).toBe(5)
})
