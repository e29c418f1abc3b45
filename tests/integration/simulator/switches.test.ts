import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { discoveredNode } from '@/lib/spot/schemas/discovery'
import { heartbeat } from '@/lib/spot/schemas/cluster'
import { migration } from '@/lib/spot/schemas/migration'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, readItems } from './support/call'

let simulator: TestSimulator
beforeAll(async () => {
  simulator = await startSimulator({ nodes: 20 })
})
afterAll(() => simulator.close())

const clusterId = 'o-demo0001'
const heart = async () => (await readItems(heartbeat, simulator.baseUrl, `/ocean/k8s/cluster/${clusterId}/controllerHeartbeat`))[0]
const raw = async (path: string, body: unknown) => {
  const response = await fetch(`${simulator.adminUrl}${path}`, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as { error?: string } }
}

describe('the shapes on the wire', () => {
  it('can be those of the vendor\'s examples, and read the same through our schema', async () => {
    const path = `${demoCluster}/migration`
    const before = await readItems(migration, simulator.baseUrl, path)
    await simulator.admin.wire({ progressKey: 'progress', scaleStatusKey: 'status' })
    const { items } = await call(simulator.baseUrl, path)
    expect(items.every((item) => 'progress' in item && !('migrationProgress' in item))).toBe(true)
    expect(JSON.stringify(items)).not.toContain('migrationStatus')
    expect(migration.array().parse(items)).toEqual(before)
    await simulator.admin.wire({ progressKey: 'migrationProgress', scaleStatusKey: 'migrationStatus' })
  })

  it.each([
    ['capitalised', 'Partly_completed', 'Not_replaced_due_to_pdb'],
    ['lower', 'partly_completed', 'not_replaced_due_to_pdb'],
  ] as const)('can write statuses %s', async (statusCase, runStatus, nodeStatus) => {
    await simulator.admin.wire({ statusCase })
    const { items } = await call(simulator.baseUrl, `${demoCluster}/migration`)
    await simulator.admin.wire({ statusCase: 'upper' })
    expect(items.map(({ status }) => status)).toContain(runStatus)
    expect(JSON.stringify(items)).toContain(`"status":"${nodeStatus}"`)
    expect(JSON.stringify(items)).not.toMatch(/tatus":"[A-Z]{2}/)
  })

  it('can put the percentage where the vendor\'s example has it, and read the same through our schema', async () => {
    const path = `${demoCluster}/migration`
    const before = await readItems(migration, simulator.baseUrl, path)
    await simulator.admin.wire({ progressKey: 'progress', isPercentageInside: true })
    const { items } = await call(simulator.baseUrl, path)
    await simulator.admin.wire({ progressKey: 'migrationProgress', isPercentageInside: false })
    const [progress] = items.map((item) => item.progress as { progressPercentage?: number; detailedStatus: { progressPercentage?: number } })
    expect(progress?.progressPercentage).toBeUndefined()
    expect(progress?.detailedStatus.progressPercentage).toBe(before[0]?.progressPercentage)
    expect(migration.array().parse(items)).toEqual(before)
  })

  it('can use a status of rolls, and words for nodes and runs that no document knows', async () => {
    const nodeStatusAs = { NOT_REPLACED_DUE_TO_PDB: 'NOT_REPLACED_DUE_TO_RSD', COULD_NOT_BE_REPLACED: 'PAUSED' }
    const path = `${demoCluster}/migration`
    const before = await readItems(migration, simulator.baseUrl, path)
    await simulator.admin.wire({ nodeStatusAs, runStatusAs: { PARTLY_COMPLETED: 'MOSTLY_COMPLETED' } })
    const after = await readItems(migration, simulator.baseUrl, path)
    await simulator.admin.wire({ nodeStatusAs: {}, runStatusAs: {} })
    const nodesOf = (runs: typeof before) => runs.flatMap(({ oldNodes }) => oldNodes.map(({ status }) => status))
    expect(nodesOf(after)).toEqual(nodesOf(before).map((status) => (nodeStatusAs as Record<string, string>)[status] ?? status))
    expect(new Set(nodesOf(after))).toEqual(new Set(['REPLACED', 'NOT_REPLACED_DUE_TO_RSD', 'DID_NOT_REPLACE', 'PAUSED']))
    expect(after.map(({ status }) => status)).toEqual(before.map(({ status }) => (status === 'PARTLY_COMPLETED' ? 'MOSTLY_COMPLETED' : status)))
    expect(await readItems(migration, simulator.baseUrl, path)).toEqual(before)
  })

  it('can tell of recent runs only', async () => {
    const path = `${demoCluster}/migration`
    const before = await readItems(migration, simulator.baseUrl, path)
    await simulator.admin.wire({ runsKeptDays: 5 })
    const kept = await readItems(migration, simulator.baseUrl, path)
    const statuses = await Promise.all(before.map(async ({ id }) => (await call(simulator.baseUrl, `${path}/${id}`)).status))
    await simulator.admin.wire({ runsKeptDays: null })
    expect(kept).toEqual(before.slice(0, 2))
    expect(statuses).toEqual([200, 200, 404, 404, 404])
  })

  it('can leave out which group took the nodes of a run', async () => {
    const path = `${demoCluster}/migration`
    expect(JSON.stringify((await call(simulator.baseUrl, path)).items)).toContain('"vngId":"vng-')
    await simulator.admin.wire({ isRunGroupLeftOut: true })
    const { items } = await call(simulator.baseUrl, path)
    await simulator.admin.wire({ isRunGroupLeftOut: false })
    expect(JSON.stringify(items)).not.toMatch(/vng(Id|Name)/)
    expect(migration.array().parse(items).flatMap(({ oldNodes }) => oldNodes).every(({ vngId }) => vngId === null)).toBe(true)
  })
})

describe('the twin', () => {
  it('loses a node that vanishes', async () => {
    const found = await readItems(discoveredNode, simulator.baseUrl, `${demoCluster}/migration/discovery`)
    await simulator.admin.twin({ kind: 'vanish-node', clusterId, nodeName: found[0]?.nodeName ?? '' })
    const left = await readItems(discoveredNode, simulator.baseUrl, `${demoCluster}/migration/discovery`)
    expect(left.map(({ nodeName }) => nodeName)).toEqual(found.slice(1).map(({ nodeName }) => nodeName))
  })

  it('has a controller that falls silent and comes back', async () => {
    expect((await heart())?.status).toBe('ACTIVE')
    await simulator.admin.twin({ kind: 'controller', clusterId, isSilent: true })
    const last = await heart()
    await simulator.admin.time({ skipMs: 3_600_000 })
    expect(await heart()).toEqual({ status: 'INACTIVE', lastHeartbeat: last?.lastHeartbeat })
    await simulator.admin.twin({ kind: 'controller', clusterId, isSilent: false })
    await simulator.admin.time({ skipMs: 60_000 })
    expect((await heart())?.status).toBe('ACTIVE')
  })

  it('counts batches by the reading that is switched on', async () => {
    const batchesUnder = async (batchReading: 'M1' | 'M3') => {
      const own = await startSimulator({ nodes: 60 })
      await own.admin.twin({ kind: 'switches', clusterId, switches: { batchReading } })
      const { items } = await call(own.baseUrl, `${demoCluster}/migration`, { method: 'POST', body: { nodePoolNames: ['npdata'], batchSizePercentage: 20 } })
      await own.close()
      return items[0]?.numOfBatches
    }
    expect(await batchesUnder('M1')).toBeGreaterThan(Number(await batchesUnder('M3')))
  })

  it('takes a second run beside the first where that is switched on, of other nodes', async () => {
    const own = await startSimulator({ nodes: 60 })
    const send = (body: unknown) => call(own.baseUrl, `${demoCluster}/migration`, { method: 'POST', body })
    const first = await send({ nodePoolNames: ['npweb'] })
    expect((await send({ nodePoolNames: ['npapi'] })).status).toBe(400)
    await own.admin.twin({ kind: 'switches', clusterId, switches: { secondRun: 'beside' } })
    const overlap = await send({ nodePoolNames: ['npapi', 'npweb'] })
    const second = await send({ nodePoolNames: ['npapi'] })
    await own.admin.time({ skipMs: 6 * 3_600_000 })
    const runs = await readItems(migration, own.baseUrl, `${demoCluster}/migration`)
    await own.close()
    expect([overlap.status, second.status]).toEqual([400, 200])
    const ids = [first, second].map(({ items }) => String(items[0]?.id))
    for (const id of ids) expect(runs.find((run) => run.id === id)?.status).toBe('COMPLETED')
  })

  it('falls back to on-demand where the spot market is empty, and gets nothing where the group may not', async () => {
    const own = await startSimulator({ nodes: 60 })
    await own.admin.twin({ kind: 'switches', clusterId, switches: { spotShortagePercentage: 100 } })
    const [node, other] = (await readItems(discoveredNode, own.baseUrl, `${demoCluster}/migration/discovery`)).filter(({ nodePoolName }) => nodePoolName === 'npweb')
    const vngId = node?.match.kind === 'vng' ? node.match.vngId : ''
    const migrate = async (nodeName: string | undefined) => {
      const started = await call(own.baseUrl, `${demoCluster}/migration`, { method: 'POST', body: { nodeNames: [nodeName] } })
      await own.admin.time({ skipMs: 3_600_000 })
      return (await readItems(migration, own.baseUrl, `${demoCluster}/migration/${String(started.items[0]?.id)}`))[0]
    }
    expect((await migrate(node?.nodeName))?.status).toBe('COMPLETED')
    await call(own.baseUrl, `/ocean/azure/np/virtualNodeGroup/${vngId}`, { method: 'PUT', body: { virtualNodeGroup: { strategy: { fallbackToOd: false, spotPercentage: 100 } } } })
    const stuck = await migrate(other?.nodeName)
    await own.close()
    expect(stuck?.status).toBe('FAILED')
    expect(stuck?.scaleNodePools.map(({ status }) => status)).toContain('FAILED')
  })

  it('launches nothing in a group without capacity', async () => {
    const own = await startSimulator({ nodes: 60 })
    const [node] = (await readItems(discoveredNode, own.baseUrl, `${demoCluster}/migration/discovery`)).filter(({ nodePoolName }) => nodePoolName === 'npweb')
    const vngId = node?.match.kind === 'vng' ? node.match.vngId : ''
    await own.admin.twin({ kind: 'no-capacity', clusterId, vngId })
    const started = await call(own.baseUrl, `${demoCluster}/migration`, { method: 'POST', body: { nodeNames: [node?.nodeName] } })
    await own.admin.time({ skipMs: 86_400_000 })
    const [run] = await readItems(migration, own.baseUrl, `${demoCluster}/migration/${String(started.items[0]?.id)}`)
    await own.close()
    expect(run?.status).toBe('FAILED')
    expect(run?.oldNodes[0]?.status).toBe('COULD_NOT_BE_REPLACED')
  })
})

describe('the admin endpoint', () => {
  it.each([
    ['/faults', { effect: { kind: 'explode' } }],
    ['/faults', { effect: { kind: 'latency', ms: -1 } }],
    ['/time', { speed: 0 }],
    ['/twin', { kind: 'vanish-node', clusterId: 'o-nowhere1', nodeName: 'x' }],
    ['/twin', { kind: 'switches', clusterId, switches: { unheardOf: true } }],
    ['/wire', { progressKey: 'elsewhere' }],
    ['/wire', { nodeStatusAs: { UNHEARD_OF: 'X' } }],
    ['/time', { clockOffset: 5 }],
  ])('refuses %s %j in a sentence', async (path, body) => {
    const { status, body: answer } = await raw(path, body)
    expect(status).toBe(400)
    expect(answer.error?.length).toBeGreaterThan(5)
  })

  it('knows no other path', async () => {
    expect((await raw('/nowhere', {})).status).toBe(404)
  })

  it('stamps what was skipped with the moment of the skip, for good', async () => {
    let nowMs = Date.UTC(2026, 0, 1)
    const own = await startSimulator({ nodes: 20 }, () => nowMs)
    const started = await call(own.baseUrl, `${demoCluster}/migration`, { method: 'POST', body: { nodePoolNames: ['npweb'] } })
    const read = async () => (await call(own.baseUrl, `${demoCluster}/migration/${String(started.items[0]?.id)}`)).items[0]
    nowMs += 1000
    await own.admin.time({ skipMs: 86_400_000 })
    const first = await read()
    expect(first).toMatchObject({ createdAt: '2026-01-01T00:00:00.000Z', completedAt: '2026-01-01T00:00:01.000Z' })
    nowMs += 100_000
    expect(await read()).toEqual(first)
    await own.close()
  })

  it('never lets time stamps go back when the speed changes', async () => {
    const own = await startSimulator({ nodes: 20, speed: 5_000 })
    const stamps: string[] = []
    for (const speed of [5_000, 0.1, 10_000, 1]) {
      await own.admin.time({ speed })
      const [beat] = await readItems(heartbeat, own.baseUrl, `/ocean/k8s/cluster/${clusterId}/controllerHeartbeat`)
      stamps.push(beat?.lastHeartbeat ?? '')
    }
    await own.close()
    expect(stamps).toEqual([...stamps].sort())
    expect(Date.parse(stamps.at(-1) ?? '')).toBeLessThanOrEqual(Date.now())
  })
})
