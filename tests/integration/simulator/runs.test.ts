import { afterEach, describe, expect, it } from 'vitest'
import { logLine } from '@/lib/spot/schemas/log'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, readItems } from './support/call'
import { clusterNodes, namesIn, readRun, startRun, statusesOf, toEnd } from './support/runs'

const open: TestSimulator[] = []
/** Its clock stands still unless one is given: time passes by skips alone, however slow the machine. */
const start = async (flags: Parameters<typeof startSimulator>[0] = {}, now = () => Date.UTC(2026, 0, 1)): Promise<TestSimulator> => {
  const simulator = await startSimulator(flags, now)
  open.push(simulator)
  return simulator
}
afterEach(async () => {
  for (const simulator of open.splice(0)) await simulator.close()
})

const minuteMs = 60_000

describe('a run in which all goes well', () => {
  it('passes through its batches, moves every node onto new ones, and is COMPLETED', async () => {
    const simulator = await start()
    const names = [...(await namesIn(simulator, 'npweb')).slice(0, 5), ...(await namesIn(simulator, 'npapi')).slice(0, 5)]
    const before = await clusterNodes(simulator)
    const { id, numOfBatches } = await startRun(simulator, { nodeNames: names, batchSizePercentage: 20 })
    expect(numOfBatches).toBe(5)
    const batches: number[] = []
    const percentages: number[] = []
    for (let minute = 0; minute < 300; minute += 1) {
      const run = await readRun(simulator, id)
      batches.push(run.currentBatch ?? 0)
      percentages.push(run.progressPercentage ?? -1)
      if (run.status !== 'IN_PROGRESS') break
      await simulator.admin.time({ skipMs: minuteMs })
    }
    expect([...new Set(batches)]).toEqual([1, 2, 3, 4, 5])
    expect(percentages).toEqual([...percentages].sort((a, b) => a - b))
    const run = await readRun(simulator, id)
    expect(run).toMatchObject({ status: 'COMPLETED', progressPercentage: 100, erredAt: null, stoppedAt: null })
    expect(Date.parse(run.completedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(run.createdAt ?? ''))
    expect(Object.values(statusesOf(run))).toEqual(names.map(() => 'REPLACED'))
    expect(run.scaleNodePools.length).toBeGreaterThan(0)
    for (const pool of run.scaleNodePools) expect(pool).toMatchObject({ status: 'COMPLETED', nodePoolName: expect.stringMatching(/^omnp[0-9a-f]{8}$/) })

    const after = await clusterNodes(simulator)
    const added = after.filter(({ nodeName }) => !before.some((old) => old.nodeName === nodeName))
    expect(after.some(({ nodeName }) => names.includes(nodeName))).toBe(false)
    expect(added.length).toBe(run.scaleNodePools.reduce((sum, { newNodes }) => sum + newNodes, 0))
    expect(added.every(({ virtualNodeGroupId }) => virtualNodeGroupId !== null)).toBe(true)
    const lines = await readItems(logLine, simulator.baseUrl, `${demoCluster}/log?fromDate=2020-01-01&toDate=2100-01-01&resourceId=${id}`)
    expect(lines.length).toBeGreaterThan(5)
  })

  it('takes whole pools', async () => {
    const simulator = await start()
    const names = await namesIn(simulator, 'npweb')
    const { oldNodes } = await startRun(simulator, { nodePoolNames: ['npweb'] })
    expect(oldNodes.map(({ nodeName }) => nodeName).sort()).toEqual(names.sort())
  })

  it('runs by the clock, at the speed asked for', async () => {
    let nowMs = Date.UTC(2026, 0, 1)
    const simulator = await start({ speed: 60 }, () => nowMs)
    const names = await namesIn(simulator, 'npweb')
    const { id } = await startRun(simulator, { nodeNames: names.slice(0, 1) })
    nowMs += minuteMs * 2
    const { status, completedAt } = await readRun(simulator, id)
    expect(status).toBe('COMPLETED')
    expect(Date.parse(completedAt ?? '')).toBeLessThanOrEqual(nowMs)
    expect(Date.parse(completedAt ?? '')).toBeGreaterThan(Date.UTC(2026, 0, 1))
  })
})

describe('a run with trouble', () => {
  it('skips nodes whose budget allows nothing, and calls none of them failed', async () => {
    const simulator = await start({ scenario: 'mixed' })
    const run = await toEnd(simulator, (await startRun(simulator, { nodePoolNames: ['npdata'] })).id)
    const statuses = new Set(Object.values(statusesOf(run)))
    expect(statuses).toContain('NOT_REPLACED_DUE_TO_PDB')
    expect(statuses).not.toContain('COULD_NOT_BE_REPLACED')
    expect(run.progressPercentage).toBe(100)
    const left = (await clusterNodes(simulator)).map(({ nodeName }) => nodeName)
    for (const { nodeName, status, podDetails } of run.oldNodes)
      if (status === 'NOT_REPLACED_DUE_TO_PDB') {
        expect(left).toContain(nodeName)
        expect(podDetails.length).toBeGreaterThan(0)
      }
  })

  it('moves the same nodes when budgets are not respected', async () => {
    const simulator = await start({ scenario: 'mixed' })
    const run = await toEnd(simulator, (await startRun(simulator, { nodePoolNames: ['npdata'], respectPdb: false })).id)
    expect(new Set(Object.values(statusesOf(run)))).toEqual(new Set(['REPLACED']))
  })

  it('tells a node without a healthy replacement from the others, and is PARTLY_COMPLETED', async () => {
    const simulator = await start()
    const names = (await namesIn(simulator, 'npapi')).slice(0, 10)
    await simulator.admin.twin({ kind: 'curse-node', clusterId: 'o-demo0001', nodeName: names[1] ?? '' })
    const run = await toEnd(simulator, (await startRun(simulator, { nodeNames: names, batchSizePercentage: 50 })).id)
    expect(run.status).toBe('PARTLY_COMPLETED')
    const failed = run.oldNodes.filter(({ status }) => status !== 'REPLACED')
    expect(failed.map(({ nodeName, status }) => [nodeName, status])).toEqual([[names[1], 'COULD_NOT_BE_REPLACED']])
  })

  it('has failed when a batch falls below the healthy percentage: erredAt, the cause in the log, the rest untouched', async () => {
    const simulator = await start()
    const names = (await namesIn(simulator, 'npapi')).slice(0, 10)
    for (const nodeName of names) await simulator.admin.twin({ kind: 'curse-node', clusterId: 'o-demo0001', nodeName })
    const run = await toEnd(simulator, (await startRun(simulator, { nodeNames: names, batchSizePercentage: 50 })).id)
    expect(run.status).toBe('FAILED')
    expect(run.erredAt).not.toBeNull()
    expect(Object.values(statusesOf(run)).sort()).toEqual([...Array<string>(5).fill('COULD_NOT_BE_REPLACED'), ...Array<string>(5).fill('DID_NOT_REPLACE')])
    const lines = await readItems(logLine, simulator.baseUrl, `${demoCluster}/log?fromDate=2020-01-01&toDate=2100-01-01&severity=ERROR&resourceId=${run.id}`)
    expect(lines[0]?.message).toMatch(/^The migration has failed due to /)
  })
})

describe('a stop', () => {
  it('keeps what was moved, frees what was not, and ends as STOPPED', async () => {
    const simulator = await start()
    const names = (await namesIn(simulator, 'npweb')).slice(0, 10)
    const { id } = await startRun(simulator, { nodeNames: names, batchSizePercentage: 20 })
    for (let minute = 0; minute < 60 && !Object.values(statusesOf(await readRun(simulator, id))).includes('REPLACED'); minute += 1)
      await simulator.admin.time({ skipMs: minuteMs })
    const asked = await call(simulator.baseUrl, `${demoCluster}/migration/${id}/stop`, { method: 'PUT' })
    expect(asked.status).toBe(200)
    expect(asked.items[0]).toMatchObject({ id, status: 'IN_PROGRESS' })
    const run = await toEnd(simulator, id)
    expect(run.status).toBe('STOPPED')
    expect(run.stoppedAt).not.toBeNull()
    const statuses = Object.values(statusesOf(run))
    expect(new Set(statuses)).toEqual(new Set(['REPLACED', 'DID_NOT_REPLACE']))
    const left = (await clusterNodes(simulator)).map(({ nodeName }) => nodeName)
    for (const { nodeName, status } of run.oldNodes) expect(left.includes(nodeName), nodeName).toBe(status === 'DID_NOT_REPLACE')
  })

  it('is refused for a run that has ended, and unknown for one that never was', async () => {
    const simulator = await start()
    const past = (await call(simulator.baseUrl, `${demoCluster}/migration`)).items[0]
    expect((await call(simulator.baseUrl, `${demoCluster}/migration/${String(past?.id)}/stop`, { method: 'PUT' })).status).toBe(400)
    expect((await call(simulator.baseUrl, `${demoCluster}/migration/scr-00000000/stop`, { method: 'PUT' })).status).toBe(404)
    expect((await call(simulator.baseUrl, `${demoCluster}/migration/scr-00000000`)).status).toBe(404)
  })
})

describe('a seed', () => {
  const story = async (seed: number) => {
    const simulator = await start({ seed, scenario: 'mixed' })
    const read = async (path: string) => (await call(simulator.baseUrl, path)).items
    const discovery = await read(`${demoCluster}/migration/discovery?shouldFetchPods=true`)
    const { id } = await startRun(simulator, { nodeNames: discovery.slice(0, 12).map(({ nodeName }) => nodeName) })
    await simulator.admin.time({ skipMs: 15 * minuteMs })
    return { discovery, nodes: await read(`${demoCluster}/nodes`), run: await read(`${demoCluster}/migration/${id}`) }
  }

  it('gives the same cluster and the same run twice, another seed another', async () => {
    const first = await story(11)
    expect(await story(11)).toEqual(first)
    expect((await story(12)).discovery).not.toEqual(first.discovery)
  })
})
