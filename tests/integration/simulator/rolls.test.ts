import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorEnvelope } from '@/lib/spot/schemas/envelope'
import { z } from 'zod'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, type CallOptions } from './support/call'
import { clusterNodes, namesIn, startRun, toEnd } from './support/runs'

const rolls = `${demoCluster}/roll`
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

const ask = async (path: string, options: CallOptions = {}) => {
  const reply = await call(simulator.baseUrl, path, options)
  if (reply.status !== 200) expect(errorEnvelope.safeParse(reply.json).success).toBe(true)
  return reply
}

const create = async (body: Record<string, unknown> = {}) => roll.parse((await ask(rolls, { method: 'POST', body })).items[0])
const read = async (id: string) => roll.parse((await ask(`${rolls}/${id}`)).items[0])
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
    expect((await ask(`${rolls}/${migration.id}`)).status).toBe(404)
    expect((await ask(`${rolls}/${migration.id}/stop`, { method: 'PUT' })).status).toBe(404)
    const refused = await ask(rolls, { method: 'POST', body: {} })
    expect(refused).toMatchObject({ status: 400, errors: [{ code: 'MIGRATION_IN_PROGRESS' }] })
    await toEnd(simulator, migration.id)
    const second = await create({})
    const listed = (await ask(rolls)).items.map(({ id }) => id)
    expect(listed[0]).toBe(second.id)
    expect(listed).not.toContain(migration.id)
    const migrations = await call(simulator.baseUrl, `${demoCluster}/migration`)
    expect(migrations.items.map(({ id }) => id)).not.toContain(second.id)
    expect((await call(simulator.baseUrl, `${demoCluster}/migration/${second.id}`)).status).toBe(404)
    expect((await call(simulator.baseUrl, `${demoCluster}/migration/${second.id}/stop`, { method: 'PUT' })).status).toBe(404)
  })

  it('can be stopped by an empty PUT, and not twice once they have ended', async () => {
    const [running] = (await ask(rolls)).items
    const id = String(running?.id)
    expect((await ask(`${rolls}/${id}/stop`, { method: 'PUT' })).status).toBe(200)
    expect((await finish(id)).status).toBe('STOPPED')
    expect(await ask(`${rolls}/${id}/stop`, { method: 'PUT' })).toMatchObject({ status: 400, errors: [{ code: 'INVALID_STATE' }] })
  })

  it.each([
    ['a batch of less than 0 percent', { batchSizePercentage: -1 }, 'batchSizePercentage'],
    ['a batch of more than 100 percent', { batchSizePercentage: 101 }, 'batchSizePercentage'],
    ['a threshold of 0 percent', { batchMinHealthyPercentage: 0 }, 'batchMinHealthyPercentage'],
    ['a list without a name', { nodeNames: [] }, 'nodeNames'],
    ['two kinds of choice at once', { vngIds: ['vng-1'], nodePoolNames: ['omnp1'] }, 'vngIds'],
    ['no body', undefined, 'body'],
    ['an unknown field', { batchSize: 3 }, 'batchSize'],
    ['a comment one character too long', { comment: 'x'.repeat(257) }, 'comment'],
    ['an unknown group', { vngIds: ['vng-ffffffff'] }, 'vngIds'],
    ['an unknown pool', { nodePoolNames: ['omnpffffffff'] }, 'nodePoolNames'],
    ['an unknown node', { nodeNames: ['nobody'] }, 'nodeNames'],
    ['the pool of nodes that Ocean does not manage', { nodePoolNames: ['npweb'] }, 'nodePoolNames'],
  ])('refuse %s, naming the field', async (_name, body, field) => {
    expect(await ask(rolls, { method: 'POST', body })).toMatchObject({ status: 400, errors: [{ field }] })
  })

  it('refuse strangers, readers and other accounts', async () => {
    const writes = [[rolls, 'POST'], [`${rolls}/scr-00000000/stop`, 'PUT']] as const
    for (const [path, method] of writes)
      for (const [token, status] of [[null, 401], ['expired-token', 401], ['readonly-token', 403]] as const) 
        expect((await ask(path, { method, body: {}, token })).status).toBe(status)
    expect((await ask(rolls, { token: 'readonly-token' })).status).toBe(200)
    expect((await ask('/ocean/azure/np/cluster/o-othr0001/roll')).status).toBe(404)
    expect((await ask('/ocean/azure/np/cluster/o-othr0001/roll', { method: 'POST', body: {} })).status).toBe(404)
  })

  it('keep a migration out while they run', async () => {
    const { id } = await create({ batchSizePercentage: 0 })
    const [name] = await namesIn(simulator, 'npweb')
    const refused = await call(simulator.baseUrl, `${demoCluster}/migration`, { method: 'POST', body: { nodeNames: [name] } })
    expect(refused).toMatchObject({ status: 400, errors: [{ code: 'ROLL_IN_PROGRESS' }] })
    await simulator.admin.time({ skipMs: 60_000 })
    const running = await read(id)
    expect(running.numOfBatches).toBe(running.progress.detailedStatus.rollNodes.length)
    expect(running.updatedAt > running.createdAt).toBe(true)
    await ask(`${rolls}/${id}/stop`, { method: 'PUT' })
    await finish(id)
  })

  it('take the words and the place of the percentage that are switched on', async () => {
    await simulator.admin.wire({ isPercentageInside: true, statusCase: 'lower' })
    const [last] = (await ask(rolls)).items
    expect(last).toMatchObject({ status: 'stopped', progress: { detailedStatus: { progressPercentage: expect.any(Number) as number } } })
    expect(last?.progress).not.toHaveProperty('progressPercentage')
    await simulator.admin.wire({ isPercentageInside: false, statusCase: 'upper' })
  })
})
