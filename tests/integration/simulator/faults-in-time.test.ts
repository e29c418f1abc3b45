import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultInput } from '@/lib/simulator/admin-types'
import { heartbeat } from '@/lib/spot/schemas/cluster'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, groupsPath, readItems, send } from './support/call'
import { clusterNodes, namesIn, readRun, startRun, statusesOf } from './support/runs'

const startMs = Date.UTC(2026, 0, 10)
const minuteMs = 60_000
const migrations = `${demoCluster}/migration`

let simulator: TestSimulator
let nowMs = startMs
beforeEach(async () => {
  nowMs = startMs
  simulator = await startSimulator({ nodes: 40, speed: 1 }, () => nowMs)
})
afterEach(() => simulator.close())

const fault = (effect: FaultInput['effect'], more: Partial<FaultInput> = {}) => simulator.admin.fault({ effect, ...more })
const idsIn = async (path: string) => (await call(simulator.baseUrl, path)).items.map(({ id }) => id)
const makeGroup = async () => String((await call(simulator.baseUrl, groupsPath, { method: 'POST', body: { virtualNodeGroup: { name: 'new', oceanId: 'o-demo0001' } } })).items[0]?.id)

describe('time that goes back', () => {
  it('shows a run as it was, and then as it is', async () => {
    const { id } = await startRun(simulator, { nodePoolNames: ['npweb'] })
    const early = await readRun(simulator, id)
    nowMs += 30 * minuteMs
    const late = await readRun(simulator, id)
    expect(late.progressPercentage).toBeGreaterThan(early.progressPercentage ?? NaN)
    expect(late.currentBatch).toBeGreaterThan(early.currentBatch ?? NaN)
    await fault({ kind: 'earlier', ms: 30 * minuteMs }, { method: 'GET', pathContains: '/migration/', times: 1 })
    expect(await readRun(simulator, id)).toEqual(early)
    expect(await readRun(simulator, id)).toEqual(late)
  })

  it('returns every answer of a moment exactly, a second time as well, and those between', async () => {
    const { id } = await startRun(simulator, { nodePoolNames: ['npweb'] })
    const seen: Record<string, string>[] = []
    for (let minutes = 0; minutes <= 40; minutes += 5) {
      seen.push(statusesOf(await readRun(simulator, id)))
      nowMs += 5 * minuteMs
    }
    for (const [index, statuses] of [...seen.entries(), ...[...seen.entries()].reverse()]) {
      await fault({ kind: 'earlier', ms: (seen.length - index) * 5 * minuteMs }, { times: 1 })
      expect(statusesOf(await readRun(simulator, id))).toEqual(statuses)
    }
  })

  it('shows lists of an older world: nodes that have gone since, a run that was not there yet', async () => {
    const before = (await clusterNodes(simulator)).map(({ nodeName }) => nodeName)
    nowMs += minuteMs
    await simulator.admin.twin({ kind: 'vanish-node', clusterId: 'o-demo0001', nodeName: before[0] ?? '' })
    const { id } = await startRun(simulator, { nodeNames: (await namesIn(simulator, 'npapi')).slice(0, 1) })
    await fault({ kind: 'earlier', ms: minuteMs })
    expect((await clusterNodes(simulator)).map(({ nodeName }) => nodeName)).toEqual(before)
    expect(await idsIn(migrations)).not.toContain(id)
    expect((await call(simulator.baseUrl, `${migrations}/${id}`)).status).toBe(404)
  })

  it('reaches what was before a skip and a change of speed', async () => {
    const { id } = await startRun(simulator, { nodePoolNames: ['npweb'] })
    nowMs += minuteMs
    await simulator.admin.time({ speed: 60 })
    nowMs += minuteMs
    const before = await readRun(simulator, id)
    nowMs += 1
    await simulator.admin.time({ skipMs: 86_400_000 })
    nowMs += minuteMs
    await fault({ kind: 'earlier', ms: minuteMs + 1 }, { times: 1 })
    expect(await readRun(simulator, id)).toEqual(before)
    expect((await readRun(simulator, id)).status).toBe('COMPLETED')
  })

  it('carries out what is not a read now', async () => {
    await fault({ kind: 'earlier', ms: minuteMs })
    const id = await makeGroup()
    expect((await send(simulator.baseUrl, `${groupsPath}/${id}`)).status).toBe(404)
    await simulator.admin.clearFaults()
    expect((await send(simulator.baseUrl, `${groupsPath}/${id}`)).status).toBe(200)
  })
})

describe('lists that lag', () => {
  it('miss what was just made, which can be read by its id, and show it after their lag', async () => {
    nowMs += minuteMs
    const { id } = await startRun(simulator, { nodeNames: (await namesIn(simulator, 'npweb')).slice(0, 1) })
    const groupId = await makeGroup()
    await fault({ kind: 'lagging-lists', ms: 5_000 })
    expect((await readRun(simulator, id)).status).toBe('IN_PROGRESS')
    expect((await call(simulator.baseUrl, `${groupsPath}/${groupId}`)).status).toBe(200)
    expect(await idsIn(migrations)).not.toContain(id)
    expect(await idsIn(groupsPath)).not.toContain(groupId)
    nowMs += 5_000
    expect(await idsIn(migrations)).toContain(id)
    expect(await idsIn(groupsPath)).toContain(groupId)
  })

  it('show for a while what was just deleted', async () => {
    const groupId = await makeGroup()
    nowMs += minuteMs
    await send(simulator.baseUrl, `${groupsPath}/${groupId}`, { method: 'DELETE' })
    await fault({ kind: 'lagging-lists', ms: 5_000 })
    expect((await call(simulator.baseUrl, `${groupsPath}/${groupId}`)).status).toBe(404)
    expect(await idsIn(groupsPath)).toContain(groupId)
  })

  it('leave the heartbeat alone', async () => {
    nowMs += 10 * minuteMs
    const path = '/ocean/k8s/cluster/o-demo0001/controllerHeartbeat'
    const before = await readItems(heartbeat, simulator.baseUrl, path)
    await fault({ kind: 'lagging-lists', ms: 5 * minuteMs })
    expect(await readItems(heartbeat, simulator.baseUrl, path)).toEqual(before)
  })
})

describe('a wrong clock', () => {
  it.each([-3 * 86_400_000, 90_000])('puts every stamp and the Date header wrong by %s ms, and nothing else', async (clockOffsetMs) => {
    const { id } = await startRun(simulator, { nodePoolNames: ['npweb'] })
    nowMs += 10 * minuteMs
    const read = async (path: string) => {
      const { headers, request, items } = await call(simulator.baseUrl, path)
      return { date: headers.get('date'), timestamp: request.timestamp, items }
    }
    const shift = (text: unknown) => new Date(Date.parse(String(text)) + clockOffsetMs).toISOString()
    const right = await read(`${migrations}/${id}`)
    const beat = (await read('/ocean/k8s/cluster/o-demo0001/controllerHeartbeat')).items[0]
    expect(right).toMatchObject({ date: new Date(nowMs).toUTCString(), timestamp: new Date(nowMs).toISOString() })
    await simulator.admin.time({ clockOffsetMs })
    const wrong = await read(`${migrations}/${id}`)
    expect(wrong.date).toBe(new Date(nowMs + clockOffsetMs).toUTCString())
    expect(wrong.timestamp).toBe(shift(right.timestamp))
    expect(wrong.items[0]).toEqual({ ...right.items[0], createdAt: shift(right.items[0]?.createdAt) })
    expect((await read('/ocean/k8s/cluster/o-demo0001/controllerHeartbeat')).items[0]).toEqual({ ...beat, lastHeartbeat: shift(beat?.lastHeartbeat) })
    await simulator.admin.time({ clockOffsetMs: 0 })
    expect(await read(`${migrations}/${id}`)).toEqual(right)
  })
})
