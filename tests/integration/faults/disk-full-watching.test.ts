import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { POST as launch } from '@/app/api/clusters/[clusterId]/launches/route'
import { GET as readRun } from '@/app/api/clusters/[clusterId]/migrations/[migrationId]/route'
import { GET as readNodes } from '@/app/api/clusters/[clusterId]/nodes/route'
import { GET as health } from '@/app/api/health/route'
import { launchAnswer } from '@/lib/contract/launch-answer'
import { nodesAnswer } from '@/lib/contract/nodes'
import { runRecord } from '@/lib/contract/run'
import { storageError } from '@/lib/db/errors'
import { launches } from '@/lib/db/schema/launches'
import { foldRun } from '@/lib/domain/progress/state'
import { clusterIds } from '@/lib/simulator/people'
import { aLaunch, noon } from '@/tests/factories/rows'
import { call, signedInCookie, startApp, type TestApp } from '@/tests/support/app'
import { launchBody } from '@/tests/support/launch-body'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { seqs, upTo } from '../live/support/events'
import { mountSmallDisk } from './support/small-disk'

const disk = mountSmallDisk()
const long = { timeout: 60_000 }
const clusterId = clusterIds.demo
const edge = clusterIds.edge

describe.skipIf(!disk.isMounted)(`a disk that fills while a run is watched${disk.skipped}`, () => {
  let simulator: TestSimulator
  let app: TestApp
  let cookie = ''

  beforeAll(async () => {
    await disk.prepare()
    simulator = await startSimulator({ nodes: 24, speed: 20 })
    app = await startApp({ spotApiUrl: simulator.baseUrl, settings: { SLIPWAY_DATA_DIR: disk.dataDir, SLIPWAY_POLL_INTERVAL_MS: '250' } })
    cookie = await signedInCookie(auth)
  })
  afterAll(async () => {
    await app.close()
    await simulator.close()
    disk.remove()
  })

  const bodyFor = async (id: string, count: number) => {
    const { nodes } = nodesAnswer.parse(await (await call(readNodes, { cookie, params: { clusterId: id } })).json())
    return launchBody(cookie, id, { nodeNames: nodes.slice(0, count).map(({ nodeName }) => nodeName) })
  }
  const post = (id: string, body: unknown) => call(launch, { method: 'POST', cookie, params: { clusterId: id }, body })
  const posts = async () => (await simulator.admin.journal()).filter(({ method, path }) => method === 'POST' && path.endsWith('/migration')).length
  /** Rows like that of a launch, until not one more goes in: the room that is left in begun pages is taken as well. */
  const takeRoom = async () => {
    const { db } = await app.server.database()
    const write = () =>
      db
        .insert(launches)
        .values({ ...aLaunch({ payloadHash: randomBytes(200).toString('hex') }), state: 'not_found', createdAt: noon, endedAt: noon })
        .then(() => 'done', (error: unknown) => storageError(error).code)
    await expect.poll(write, { ...long, interval: 1 }).toBe('storage_full')
  }
  const withinASecond = async (answer: Promise<Response>) => {
    const startedAt = performance.now()
    const { status } = await answer
    return { status, isSoon: performance.now() - startedAt < 1_000 }
  }

  test('refuses a launch with that reason, answers all the while, and costs the record nothing once there is space', async () => {
    const other = await bodyFor(edge, 2)
    const { migrationId } = launchAnswer.parse(await (await post(clusterId, await bodyFor(clusterId, 12))).json())
    const at = { clusterId, migrationId: migrationId as string }
    const record = async () => runRecord.parse(await (await call(readRun, { cookie, params: at })).json())
    await expect.poll(async () => (await record()).seq, long).toBeGreaterThan(12)

    disk.fill(0)
    await takeRoom()
    const readings = async () => (await simulator.admin.journal()).filter(({ path }) => path.endsWith(`/${migrationId}`)).length
    const atFull = await readings()
    const refused = await post(edge, other)
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([507, 'storage_full'])
    await expect.poll(async () => (await record()).freshness.problem?.code, long).toBe('storage_full')
    for (let turn = 0; turn < 10; turn += 1) {
      expect(await withinASecond(call(health))).toEqual({ status: 200, isSoon: true })
      expect(await withinASecond(call(readRun, { cookie, params: at }))).toEqual({ status: 200, isSoon: true })
    }
    await expect.poll(readings, long).toBeGreaterThan(atFull + 20)
    expect(await posts()).toBe(1)

    disk.free()
    await expect.poll(async () => (await record()).freshness.problem, long).toBeNull()
    await simulator.admin.time({ speed: 600 })
    await expect.poll(async () => (await record()).freshness.state, long).toBe('ended')
    const { changes } = await record()
    const state = foldRun(changes)
    expect(seqs(changes)).toEqual(upTo(changes.length))
    expect([state.gaps, state.anomalies]).toEqual([[], []])
    expect(Object.fromEntries([...state.nodes].map(([name, { status }]) => [name, status]))).toEqual((await simulator.admin.runs())[at.migrationId]?.nodes)
    expect([...state.nodes.values()].filter(({ startedAtMs }) => startedAtMs === null)).toEqual([])
    expect((await post(edge, await bodyFor(edge, 2))).status).toBe(200)
  })
})
