import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migration } from '@/lib/spot/schemas/migration'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, readItems } from './support/call'
import { clusterNodes, namesIn } from './support/runs'

let simulator: TestSimulator
let names: string[] = []
beforeAll(async () => {
  simulator = await startSimulator()
  names = await namesIn(simulator, 'npweb')
})
afterAll(() => simulator.close())

const path = `${demoCluster}/migration`
const create = (body: unknown) => call(simulator.baseUrl, path, { method: 'POST', body })
const valid = (more: Record<string, unknown> = {}) => ({ nodeNames: names.slice(0, 2), ...more })

describe('what Create Migration refuses', () => {
  it.each<[string, () => unknown, string]>([
    ['neither nodes nor pools', () => ({}), 'nodeNames'],
    ['no body', () => undefined, 'body'],
    ['two empty lists', () => ({ nodeNames: [], nodePoolNames: [] }), 'nodeNames'],
    ['both nodes and pools', () => valid({ nodePoolNames: ['npweb'] }), 'nodePoolNames'],
    ['a batch size of 0', () => valid({ batchSizePercentage: 0 }), 'batchSizePercentage'],
    ['a batch size of 101', () => valid({ batchSizePercentage: 101 }), 'batchSizePercentage'],
    ['a batch size of 2.5', () => valid({ batchSizePercentage: 2.5 }), 'batchSizePercentage'],
    ['a batch size as text', () => valid({ batchSizePercentage: '20' }), 'batchSizePercentage'],
    ['a healthy percentage of 0', () => valid({ batchMinHealthyPercentage: 0 }), 'batchMinHealthyPercentage'],
    ['a comment one character too long', () => valid({ comment: 'x'.repeat(257) }), 'comment'],
    ['respectPdb as text', () => valid({ respectPdb: 'true' }), 'respectPdb'],
    ['a name that appears in prose only', () => valid({ ignorePdb: true }), 'ignorePdb'],
    ['a body in a wrapper', () => ({ migration: valid() }), 'migration'],
    ['a node that is not there', () => ({ nodeNames: [names[0], 'aks-gone-00000000-vmss000000'] }), 'nodeNames'],
    ['a pool that is not there', () => ({ nodePoolNames: ['npgone'] }), 'nodePoolNames'],
  ])('%s', async (_name, body, field) => {
    const { status, errors } = await create(body())
    expect(status).toBe(400)
    expect(errors.map((error) => error.field)).toContain(field)
    expect((await simulator.admin.createdMigrations())['o-demo0001']).toBe(0)
  })

  it('names the nodes it does not know, and only those', async () => {
    const { errors } = await create({ nodeNames: [names[0], 'aks-gone-00000000-vmss000000', '<img onerror>'] })
    expect(errors[0]?.message).toContain('aks-gone-00000000-vmss000000')
    expect(errors[0]?.message).toContain('<img onerror>')
    expect(errors[0]?.message).not.toContain(names[0])
  })

  it('a node that Ocean manages already', async () => {
    const managed = (await clusterNodes(simulator)).find(({ virtualNodeGroupId }) => virtualNodeGroupId !== null)
    const { status, errors } = await create({ nodeNames: [managed?.nodeName] })
    expect(status).toBe(400)
    expect(errors[0]?.message).toContain(managed?.nodeName)
  })

  it('every fault of a body at once', async () => {
    const { errors } = await create(valid({ batchSizePercentage: 0, comment: 'x'.repeat(257) }))
    expect(errors.map(({ field }) => field).sort()).toEqual(['batchSizePercentage', 'comment'])
  })
})

describe('what Create Migration does', () => {
  it('takes nulls as defaults, answers with the documented defaults, and lets no second run start', async () => {
    const { status, body, items } = await create(valid({ nodePoolNames: null, batchSizePercentage: null, batchMinHealthyPercentage: null, comment: 'c'.repeat(256) }))
    expect(status).toBe(200)
    expect(body.kind).toBe('spotinst:ocean:azure:np:migration')
    const run = migration.parse(items[0])
    expect(run).toMatchObject({
      status: 'IN_PROGRESS',
      currentBatch: 1,
      comment: 'c'.repeat(256),
      batchMinHealthyPercentage: 50,
      respectPdb: true,
      respectRestrictScaleDown: false,
      shouldTerminateNodes: true,
      shouldEvictStandalonePods: true,
    })
    expect(run.oldNodes.map(({ nodeName }) => nodeName).sort()).toEqual(names.slice(0, 2).sort())
    const second = await create({ nodeNames: [names[3]] })
    expect(second.status).toBe(400)
    expect(second.errors[0]?.message).toContain(run.id)
    expect(await simulator.admin.createdMigrations()).toMatchObject({ 'o-demo0001': 1 })
    const runs = await readItems(migration, simulator.baseUrl, path)
    expect(runs[0]?.id).toBe(run.id)
  })
})
