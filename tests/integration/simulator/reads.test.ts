import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { account } from '@/lib/spot/schemas/account'
import { cluster, heartbeat } from '@/lib/spot/schemas/cluster'
import { discoveredNode } from '@/lib/spot/schemas/discovery'
import { logLine } from '@/lib/spot/schemas/log'
import { migration } from '@/lib/spot/schemas/migration'
import { node } from '@/lib/spot/schemas/node'
import { vng } from '@/lib/spot/schemas/vng'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, edgeCluster, groupsPath, readItems } from './support/call'

let simulator: TestSimulator
beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'mixed', nodes: 60 })
})
afterAll(() => simulator.close())

describe('the envelope', () => {
  it.each([
    ['/setup/account', 'spotinst:setup:account', account],
    ['/ocean/azure/np/cluster', 'spotinst:ocean:azure:np', cluster],
    [demoCluster, 'spotinst:ocean:azure:np', cluster],
    [`${demoCluster}/nodes`, 'spotinst:azure:ocean:clusterNode', node],
    [`${demoCluster}/migration/discovery`, 'spotinst:ocean:azure:k8s:np:nodePoolUnmanaged', discoveredNode],
    [`${demoCluster}/migration`, 'spotinst:azure:ocean:workloadMigration', migration],
    [`${groupsPath}?oceanId=o-demo0001`, 'spotinst:ocean:azure:np:virtualNodeGroup', vng],
    ['/ocean/k8s/cluster/o-demo0001/controllerHeartbeat', 'spotinst:ocean:k8s:cluster:controllerHeartbeat', heartbeat],
    [`${demoCluster}/log?fromDate=2020-01-01&toDate=2100-01-01`, 'spotinst:ocean:azure:k8s:cluster:logs', logLine],
  ])('of %s has status 200, the documented kind, a true count, and items our own schema reads', async (path, kind, schema) => {
    const { status, headers, request, body, items } = await call(simulator.baseUrl, path)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/json')
    expect(body.status).toEqual({ code: 200, message: 'OK' })
    expect(body.kind).toBe(kind)
    expect(body.count).toBe(items.length)
    expect(items.length).toBeGreaterThan(0)
    expect(request.method).toBe('GET')
    expect(request.url).toBe(`${path}${path.includes('?') ? '&' : '?'}accountId=act-demo0001`)
    for (const item of items) schema.parse(item)
  })
})

describe('discovery', () => {
  it('names unmanaged user nodes only, each once, with a match that is Default, a group of the cluster, or null', async () => {
    const { baseUrl } = simulator
    const nodes = await readItems(node, baseUrl, `${demoCluster}/nodes`)
    const groups = await readItems(vng, baseUrl, `${groupsPath}?oceanId=o-demo0001`)
    const found = await readItems(discoveredNode, baseUrl, `${demoCluster}/migration/discovery`)
    const movable = nodes.filter(({ virtualNodeGroupId, labels }) => virtualNodeGroupId === null && labels['kubernetes.azure.com/mode'] === 'user')
    expect(found.map(({ nodeName }) => nodeName).sort()).toEqual(movable.map(({ nodeName }) => nodeName).sort())
    const ids = new Set(groups.map(({ id }) => id))
    for (const { match } of found) if (match.kind === 'vng') expect(ids).toContain(match.vngId)
    expect(new Set(found.map(({ match }) => match.kind))).toEqual(new Set(['vng', 'default', 'none']))
  })

  it.each(['true', 'True'])('lists the pods by name for shouldFetchPods=%s, as many as it counts', async (word) => {
    const found = await readItems(discoveredNode, simulator.baseUrl, `${demoCluster}/migration/discovery?shouldFetchPods=${word}`)
    for (const { podNames, runningPods } of found) expect(podNames).toHaveLength(runningPods ?? -1)
    expect(found.flatMap(({ podNames }) => podNames ?? []).every((name) => !name.includes('/'))).toBe(true)
  })

  it.each(['?shouldFetchPods=false', '?shouldFetchPods=False', ''])('leaves the pods and their number out for "%s"', async (query) => {
    const found = await readItems(discoveredNode, simulator.baseUrl, `${demoCluster}/migration/discovery${query}`)
    expect(found.every(({ podNames, runningPods }) => podNames === null && runningPods === null)).toBe(true)
  })

  it.each(['vngId', 'launchSpecId', 'virtualNodeGroup'] as const)('can say the match as %s', async (matchKey) => {
    await simulator.admin.wire({ matchKey })
    const { items } = await call(simulator.baseUrl, `${demoCluster}/migration/discovery`)
    await simulator.admin.wire({ matchKey: 'virtualNodeGroupId' })
    expect(items.every((item) => matchKey in item && !('virtualNodeGroupId' in item))).toBe(true)
  })

  it('can leave the match out', async () => {
    await simulator.admin.wire({ isMatchLeftOut: true })
    const found = await readItems(discoveredNode, simulator.baseUrl, `${demoCluster}/migration/discovery`)
    await simulator.admin.wire({ isMatchLeftOut: false })
    expect(found.every(({ match }) => match.kind === 'not-said')).toBe(true)
  })
})

describe('nodes', () => {
  it('can be asked for by group, by name and by id', async () => {
    const { baseUrl } = simulator
    const all = await readItems(node, baseUrl, `${demoCluster}/nodes`)
    const managed = all.filter(({ virtualNodeGroupId }) => virtualNodeGroupId !== null)
    const [one] = managed
    const ofGroup = await readItems(node, baseUrl, `${demoCluster}/nodes?virtualNodeGroupId=${one?.virtualNodeGroupId}`)
    expect(ofGroup).toEqual(managed.filter(({ virtualNodeGroupId }) => virtualNodeGroupId === one?.virtualNodeGroupId))
    for (const name of [one?.nodeName, one?.nodeId]) expect(await readItems(node, baseUrl, `${demoCluster}/nodes?nodeName=${name}`)).toEqual([one])
  })

  it('write taints in capitals, as node taints are documented', async () => {
    const { items } = await call(simulator.baseUrl, `${demoCluster}/nodes`)
    const taints = items.flatMap(({ taints }) => taints)
    expect(taints.length).toBeGreaterThan(0)
    for (const taint of taints) expect(taint).toMatch(/^[^=]+=[^:]*:(NO_SCHEDULE|PREFER_NO_SCHEDULE|NO_EXECUTE)$/)
  })
})

describe('history', () => {
  it('holds one past run of each ending, newest first', async () => {
    const runs = await readItems(migration, simulator.baseUrl, `${demoCluster}/migration`)
    expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['COMPLETED', 'STOPPED', 'FAILED', 'PARTLY_COMPLETED']))
    const starts = runs.map(({ createdAt }) => Date.parse(createdAt ?? ''))
    expect(starts).toEqual([...starts].sort((a, b) => b - a))
    for (const run of runs) expect(run.completedAt ?? run.stoppedAt ?? run.erredAt).not.toBeNull()
  })

  it('tells the cause of the failed run in the log', async () => {
    const lines = await readItems(logLine, simulator.baseUrl, `${demoCluster}/log?fromDate=2020-01-01&toDate=2100-01-01&severity=ERROR`)
    expect(lines.map(({ message }) => message)).toContain(
      'The migration has failed due to the inability to spin up enough new nodes. Make sure all required Virtual Node Groups are configured.',
    )
  })
})

describe('the log', () => {
  const log = (query: string) => call(simulator.baseUrl, `${edgeCluster}/log?${query}`)

  it('takes epoch milliseconds and keeps to the range and the limit', async () => {
    const all = (await log('fromDate=2020-01-01&toDate=2100-01-01')).items
    const newest = Date.parse(String(all[0]?.createdAt))
    const some = (await log(`fromDate=0000000000000&toDate=${newest - 1}&limit=2`)).items
    expect(some).toHaveLength(2)
    for (const { createdAt } of some) expect(Date.parse(String(createdAt))).toBeLessThan(newest)
  })

  it.each(['toDate=2026-01-01', 'fromDate=x&toDate=2026-01-01', 'fromDate=2026-01-01&toDate=2026-01-02&limit=1001', 'fromDate=2026-01-01&toDate=2026-01-02&severity=LOUD'])(
    'refuses %s and names the field',
    async (query) => {
      const { status, errors } = await log(query)
      expect(status).toBe(400)
      expect(errors[0]?.field).toMatch(/^(fromDate|limit|severity)$/)
    },
  )
})

describe('costs', () => {
  const costs = async (path: string, body: unknown) => call(simulator.baseUrl, `/ocean/azure/k8s/cluster/o-demo0001/aggregatedCosts${path}`, { method: 'POST', body })

  it('round the times down to the hour and add up to the summary', async () => {
    const hour = (back: number, rest: string) => `${new Date(Date.now() - back * 3_600_000).toISOString().slice(0, 13)}:${rest}`
    const range = { startTime: hour(30, '20:00Z'), endTime: hour(4, '50:00Z') }
    const summary = (await costs('/summary', range)).items[0] as { result: { totalForDuration: { startTime: string; endTime: string; summary: { total: number } } } }
    const details = (await costs('', range)).items[0] as { result: { totalForDuration: { detailedCosts: { aggregations: Record<string, { resources: { total: number }[] }> } } } }
    const { startTime, endTime, summary: whole } = summary.result.totalForDuration
    expect([startTime, endTime]).toEqual([range.startTime, range.endTime].map((text) => text.replace(/:\d\d:00Z$/, ':00:00.000Z')))
    const parts = Object.values(details.result.totalForDuration.detailedCosts.aggregations).flatMap(({ resources }) => resources.map(({ total }) => total))
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(whole.total, 6)
    expect(whole.total).toBeGreaterThan(0)
  })

  it('can be grouped by a label of the workloads', async () => {
    const [item] = (await costs('', { startTime: '2026-01-01T00:00:00Z', endTime: '2026-01-02T00:00:00Z', groupBy: 'resource.label.app' })).items
    const { groupedBy, aggregations } = (item as { result: { totalForDuration: { detailedCosts: { groupedBy: string; aggregations: object } } } }).result.totalForDuration.detailedCosts
    expect(groupedBy).toBe('resource.label.app')
    expect(Object.keys(aggregations).length).toBeGreaterThan(1)
  })

  it('refuse a missing time', async () => {
    expect((await costs('', { endTime: '2026-01-02T02:50:00Z' })).status).toBe(400)
  })
})
