import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { discoveredNode } from '@/lib/spot/schemas/discovery'
import { vng } from '@/lib/spot/schemas/vng'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, groupsPath, readItems } from './support/call'
import { clusterNodes } from './support/runs'

let simulator: TestSimulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())

const post = (virtualNodeGroup: Record<string, unknown>) => call(simulator.baseUrl, groupsPath, { method: 'POST', body: { virtualNodeGroup } })
const put = (id: unknown, virtualNodeGroup: Record<string, unknown>) => call(simulator.baseUrl, `${groupsPath}/${String(id)}`, { method: 'PUT', body: { virtualNodeGroup } })
const discovery = () => readItems(discoveredNode, simulator.baseUrl, `${demoCluster}/migration/discovery`)

describe('a virtual node group', () => {
  it('imported from a pool and created gives the pool\'s nodes their match', async () => {
    const [node] = (await discovery()).filter(({ match }) => match.kind === 'none')
    const poolName = node?.nodePoolName ?? ''
    const imported = await call(simulator.baseUrl, `${groupsPath}/import?oceanId=o-demo0001&nodePoolName=${poolName}`, { method: 'POST' })
    expect(imported.status).toBe(200)
    const spec = imported.items[0]?.virtualNodeGroup as Record<string, unknown>
    expect(Object.keys(spec.labels as object).some((key) => key.startsWith('kubernetes.azure.com/'))).toBe(false)
    const created = await post(spec)
    expect(created.status, JSON.stringify(created.errors)).toBe(200)
    const { id } = vng.parse(created.items[0])
    expect(id).toMatch(/^vng-[0-9a-f]{8}$/)
    const ofPool = (await discovery()).filter((found) => found.nodePoolName === poolName)
    expect(ofPool.map(({ match }) => match)).toEqual(ofPool.map(() => ({ kind: 'vng', vngId: id })))
  })

  it('takes from the template what it was not given, and gives back what it was', async () => {
    const given = {
      name: 'full',
      oceanId: 'o-demo0001',
      availabilityZones: ['1', '2'],
      nodePoolProperties: { maxPodsPerNode: 60, osDiskSizeGB: 256, osDiskType: 'Managed', osType: 'Linux', osSKU: 'AzureLinux' },
      nodeCountLimits: { minCount: 1, maxCount: 40 },
      strategy: { spotPercentage: 30, fallbackToOd: false, drainingTimeout: 900, orientation: 'availability' },
      labels: { team: 'red' },
      taints: [{ key: 'team', value: 'red', effect: 'NoSchedule' }],
      tags: { owner: 'me' },
      vmSizes: { preferredVmSizes: ['Standard_D8s_v5'], filters: { minVCpu: 8, maxVCpu: 16, series: ['D v5'] } },
      restrictScaleDown: true,
    }
    const { items } = await post(given)
    expect(items[0]).toMatchObject(given)
    const bare = (await post({ name: 'bare', oceanId: 'o-demo0001' })).items[0]
    expect(bare).toMatchObject({ availabilityZones: ['1', '2', '3'], nodeCountLimits: { minCount: 0, maxCount: 1000 }, strategy: { spotPercentage: 100, fallbackToOd: true }, labels: {}, taints: [] })
  })

  it('changes only in what it is given; a null goes back to the template', async () => {
    const made = vng.parse((await post({ name: 'changing', oceanId: 'o-demo0001', nodeCountLimits: { maxCount: 9 }, strategy: { spotPercentage: 10, orientation: 'cost' } })).items[0])
    const changed = (await put(made.id, { strategy: { drainingTimeout: 1200 } })).items[0]
    expect(changed).toMatchObject({ name: 'changing', nodeCountLimits: { maxCount: 9 }, strategy: { spotPercentage: 10, orientation: 'cost', drainingTimeout: 1200 } })
    const back = (await put(made.id, { strategy: { spotPercentage: null } })).items[0]
    expect(back).toMatchObject({ strategy: { spotPercentage: 100, drainingTimeout: 1200 } })
  })

  it('passes a change of its labels on to its running nodes', async () => {
    const node = (await clusterNodes(simulator)).find(({ virtualNodeGroupId }) => virtualNodeGroupId !== null)
    const [group] = await readItems(vng, simulator.baseUrl, `${groupsPath}/${node?.virtualNodeGroupId}`)
    await put(group?.id, { labels: { ...group?.labels, added: 'yes' } })
    const after = (await clusterNodes(simulator)).find(({ nodeName }) => nodeName === node?.nodeName)
    expect(after?.labels.added).toBe('yes')
    await put(group?.id, { labels: group?.labels ?? {} })
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['without a name', { oceanId: 'o-demo0001' }, 'virtualNodeGroup.name'],
    ['with a name in use', { name: 'vng-web', oceanId: 'o-demo0001' }, 'name'],
    ['with a field that does not exist', { name: 'x', oceanId: 'o-demo0001', lables: {} }, 'virtualNodeGroup.lables'],
    ['with a built-in label', { name: 'x', oceanId: 'o-demo0001', labels: { 'kubernetes.azure.com/mode': 'user' } }, 'virtualNodeGroup.labels.kubernetes.azure.com/mode'],
    ['with an effect spelt as on nodes', { name: 'x', oceanId: 'o-demo0001', taints: [{ key: 'a', value: 'b', effect: 'NO_SCHEDULE' }] }, 'virtualNodeGroup.taints.0.effect'],
    ['with a draining timeout below 300 s', { name: 'x', oceanId: 'o-demo0001', strategy: { drainingTimeout: 299 } }, 'virtualNodeGroup.strategy.drainingTimeout'],
    ['with more nodes at least than at most', { name: 'x', oceanId: 'o-demo0001', nodeCountLimits: { minCount: 5, maxCount: 2 } }, 'nodeCountLimits'],
  ])('is refused %s', async (_name, group, field) => {
    const { status, errors } = await post(group)
    expect(status).toBe(400)
    expect(errors.map((error) => error.field)).toContain(field)
  })

  it('is unknown to another account', async () => {
    const [group] = await readItems(vng, simulator.baseUrl, `${groupsPath}?oceanId=o-demo0001`)
    expect((await call(simulator.baseUrl, `${groupsPath}/${group?.id}`, { account: 'act-demo0002' })).status).toBe(404)
    expect((await call(simulator.baseUrl, groupsPath, { method: 'POST', account: 'act-demo0002', body: { virtualNodeGroup: { name: 'x', oceanId: 'o-demo0001' } } })).status).toBe(404)
  })

  it('lists the sizes that its filters let through', async () => {
    const made = vng.parse((await post({ name: 'sized', oceanId: 'o-demo0001', vmSizes: { filters: { minVCpu: 8, maxVCpu: 8, series: ['D v5', 'E v5'] } } })).items[0])
    const { items } = await call(simulator.baseUrl, `${groupsPath}/vmSizes?virtualNodeGroupId=${made.id}`)
    expect(items).toEqual([{ allowedVmSizes: ['standard_d8s_v5', 'standard_e8s_v5'], numOfAllowedVmSizes: 2 }])
  })

  it('is gone when it is deleted, unless it has nodes', async () => {
    const made = vng.parse((await post({ name: 'short-lived', oceanId: 'o-demo0001' })).items[0])
    const { body } = await call(simulator.baseUrl, `${groupsPath}/${made.id}`, { method: 'DELETE' })
    expect(body, 'the contract gives the answer to a deletion no items').toEqual({ status: { code: 200, message: 'OK' } })
    expect((await call(simulator.baseUrl, `${groupsPath}/${made.id}`)).status).toBe(404)
    const managed = (await clusterNodes(simulator)).find(({ virtualNodeGroupId }) => virtualNodeGroupId !== null)
    expect((await call(simulator.baseUrl, `${groupsPath}/${managed?.virtualNodeGroupId}`, { method: 'DELETE' })).status).toBe(400)
  })
})

describe('a cluster', () => {
  const body = {
    cluster: {
      name: 'second-home',
      controllerClusterId: 'second-home-controller',
      aks: { clusterName: 'aks-2', resourceGroupName: 'rg-2', region: 'eastus', infrastructureResourceGroupName: 'MC_2' },
      autoScaler: { isEnabled: false, resourceLimits: { maxVCpu: 64, maxMemoryGib: 256 } },
      virtualNodeGroupTemplate: { availabilityZones: ['1'], strategy: { spotPercentage: 40 } },
    },
  }

  it('can be created, changed, read and deleted', async () => {
    const created = await call(simulator.baseUrl, '/ocean/azure/np/cluster', { method: 'POST', body })
    expect(created.items[0]).toMatchObject(body.cluster)
    const path = `/ocean/azure/np/cluster/${String(created.items[0]?.id)}`
    await call(simulator.baseUrl, path, { method: 'PUT', body: { cluster: { name: 'renamed', autoScaler: { resourceLimits: { maxVCpu: 128 } } } } })
    const [read] = (await call(simulator.baseUrl, path)).items
    expect(read).toMatchObject({ name: 'renamed', aks: body.cluster.aks, autoScaler: { isEnabled: false, resourceLimits: { maxVCpu: 128, maxMemoryGib: 256 } } })
    expect((await call(simulator.baseUrl, `${path}/nodes`)).items).toEqual([])
    expect((await call(simulator.baseUrl, path, { method: 'DELETE' })).status).toBe(200)
    expect((await call(simulator.baseUrl, path)).status).toBe(404)
  })

  it('never gets the id of another, even after one was deleted', async () => {
    const create = async () => String((await call(simulator.baseUrl, '/ocean/azure/np/cluster', { method: 'POST', body })).items[0]?.id)
    const [first, second] = [await create(), await create()]
    await call(simulator.baseUrl, `/ocean/azure/np/cluster/${first}`, { method: 'DELETE' })
    expect(await create()).not.toBe(second)
  })

  it('is refused without the fields the contract requires', async () => {
    const { status, errors } = await call(simulator.baseUrl, '/ocean/azure/np/cluster', { method: 'POST', body: { cluster: { name: 'x' } } })
    expect(status).toBe(400)
    expect(errors.map(({ field }) => field).sort()).toEqual(['cluster.aks', 'cluster.controllerClusterId', 'cluster.virtualNodeGroupTemplate'])
  })
})
