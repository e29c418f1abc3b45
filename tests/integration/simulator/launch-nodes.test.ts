import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { errorEnvelope } from '@/lib/spot/schemas/envelope'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, groupsPath, type CallOptions } from './support/call'
import { clusterNodes } from './support/runs'

const path = '/ocean/azure/np/cluster/launchNewNodes'
const oceanId = 'o-demo0001'

const answer = z.strictObject({
  vngScalingUpResults: z.array(
    z.strictObject({
      vngId: z.string(),
      scaleNodePoolName: z.string().regex(/^omnp[0-9a-f]{8}$/),
      vmSizeName: z.string(),
      zones: z.array(z.string()),
      lifeCycle: z.enum(['Spot', 'OnDemand']),
      numOfNewScaleNodes: z.number().int().min(1),
    }),
  ),
  nodesLeftToScale: z.number().int(),
})

let simulator: TestSimulator
beforeAll(async () => {
  simulator = await startSimulator({ nodes: 60 })
})
afterAll(() => simulator.close())

const ask = (body: unknown, options: CallOptions = {}) => call(simulator.baseUrl, path, { method: 'PUT', body, ...options })

const launch = async (body: Record<string, unknown>) => {
  const { status, items, errors } = await ask({ oceanId, ...body })
  expect(status, JSON.stringify(errors)).toBe(200)
  const { vngScalingUpResults: rows, nodesLeftToScale } = answer.parse(items[0])
  return { rows, nodesLeftToScale, launched: rows.reduce((sum, { numOfNewScaleNodes }) => sum + numOfNewScaleNodes, 0) }
}

const groups = async () => z.array(z.looseObject({ id: z.string(), name: z.string() })).parse((await call(simulator.baseUrl, `${groupsPath}?oceanId=${oceanId}`)).items)

const createGroup = async (input: Record<string, unknown>): Promise<string> => {
  const { items, errors } = await call(simulator.baseUrl, groupsPath, { method: 'POST', body: { virtualNodeGroup: { oceanId, ...input } } })
  expect(errors).toEqual([])
  return String(items[0]?.id)
}

describe('Launch New Nodes', () => {
  it('adds nodes of the wanted lifecycle in the wanted zones, and says where', async () => {
    const before = (await clusterNodes(simulator)).length
    const { rows, launched, nodesLeftToScale } = await launch({ adjustment: 3, preferredLifecycle: 'Regular', availabilityZones: ['2'] })
    expect({ launched, nodesLeftToScale }).toEqual({ launched: 3, nodesLeftToScale: 0 })
    expect(rows.every(({ lifeCycle, zones }) => lifeCycle === 'OnDemand' && zones.join() === '2')).toBe(true)
    await simulator.admin.time({ skipMs: 600_000 })
    expect((await clusterNodes(simulator)).length).toBe(before + 3)
  })

  it('goes round the zones of a group', async () => {
    const [group] = await groups()
    const { rows } = await launch({ adjustment: 3, vngIds: [group?.id], preferredLifecycle: 'Regular' })
    expect(rows).toHaveLength(1)
    expect(rows[0]?.zones).toEqual(['1', '2', '3'])
  })

  it('takes a size that is asked for, the group’s own before others', async () => {
    const id = await createGroup({ name: 'sized', vmSizes: { preferredVmSizes: ['Standard_D4s_v5', 'Standard_E8s_v5'] } })
    const sizesOf = async (body: Record<string, unknown>) => (await launch({ adjustment: 1, vngIds: [id], ...body })).rows.map(({ vmSizeName }) => vmSizeName)
    expect(await sizesOf({})).toEqual(['standard_d4s_v5'])
    expect(await sizesOf({ minCoresPerNode: 8 })).toEqual(['standard_e8s_v5'])
    expect(await sizesOf({ applicableVmSizes: ['standard_f8s_v2'] })).toEqual(['standard_f8s_v2'])
  })

  it('launches up to the limit of the group and says how many are left, whatever the number', async () => {
    const id = await createGroup({ name: 'narrow', nodeCountLimits: { minCount: 0, maxCount: 2 } })
    expect(await launch({ adjustment: 1_000_000_000, vngIds: [id] })).toMatchObject({ launched: 2, nodesLeftToScale: 999_999_998 })
  })

  it('leaves everything where the cloud has no capacity', async () => {
    const id = await createGroup({ name: 'dry' })
    await simulator.admin.twin({ kind: 'no-capacity', clusterId: oceanId, vngId: id })
    expect(await launch({ adjustment: 4, vngIds: [id] })).toMatchObject({ rows: [], nodesLeftToScale: 4 })
  })

  it.each([
    ['no number of nodes', { oceanId }, 'adjustment'],
    ['less than one node', { oceanId, adjustment: 0 }, 'adjustment'],
    ['half a node', { oceanId, adjustment: 1.5 }, 'adjustment'],
    ['no cluster', { adjustment: 1 }, 'oceanId'],
    ['an empty list of groups', { oceanId, adjustment: 1, vngIds: [] }, 'vngIds'],
    ['an unknown group', { oceanId, adjustment: 1, vngIds: ['vng-ffffffff'] }, 'vngIds'],
    ['an unknown lifecycle', { oceanId, adjustment: 1, preferredLifecycle: 'Cheap' }, 'preferredLifecycle'],
    ['a zone that no region has', { oceanId, adjustment: 1, availabilityZones: ['9'] }, 'availabilityZones.0'],
    ['less than two cores', { oceanId, adjustment: 1, minCoresPerNode: 1 }, 'minCoresPerNode'],
    ['less than two gibibytes', { oceanId, adjustment: 1, minMemoryGiBPerNode: 1.5 }, 'minMemoryGiBPerNode'],
    ['more cores than any size has', { oceanId, adjustment: 1, minCoresPerNode: 1000 }, 'applicableVmSizes'],
    ['sizes that do not exist', { oceanId, adjustment: 1, applicableVmSizes: ['Standard_Huge'] }, 'applicableVmSizes'],
    ['an unknown field', { oceanId, adjustment: 1, count: 2 }, 'count'],
    ['no body', undefined, 'body'],
  ])('refuses %s, naming the field', async (_name, body, field) => {
    const reply = await ask(body)
    expect(reply).toMatchObject({ status: 400, errors: [{ field }] })
    expect(errorEnvelope.safeParse(reply.json).success).toBe(true)
  })

  it('refuses strangers, readers and a cluster of another account', async () => {
    const body = { oceanId, adjustment: 1 }
    for (const [token, status] of [[null, 401], ['expired-token', 401], ['readonly-token', 403]] as const) expect((await ask(body, { token })).status).toBe(status)
    expect((await ask({ ...body, oceanId: 'o-othr0001' })).status).toBe(404)
  })
})

it('nodes of a Windows group say so', async () => {
  const made = await call(simulator.baseUrl, groupsPath, { method: 'POST', body: { virtualNodeGroup: { name: 'windows', oceanId, nodePoolProperties: { osType: 'Windows', osSKU: 'Windows2022' } } } })
  const vngId = String(made.items[0]?.id)
  await launch({ adjustment: 1, vngIds: [vngId] })
  await simulator.admin.time({ skipMs: 600_000 })
  const { items } = await call(simulator.baseUrl, `/ocean/azure/np/cluster/${oceanId}/nodes?virtualNodeGroupId=${vngId}`)
  expect(items).toMatchObject([{ operatingSystem: 'windows', osImage: expect.stringContaining('Windows') }])
})
