import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSpotClient, type SpotClient } from '@/lib/spot/client'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'
import { vng } from '@/lib/spot/schemas/vng'
import { createSpotTransport, type DriftNote, type SpotTransport } from '@/lib/spot/transport'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { failureOf } from './support/client'

const credentials = { token: 'demo-token', accountId: 'act-demo0001', organizationId: null }
const drift: DriftNote[] = []
let simulator: TestSimulator
let transport: SpotTransport
let client: SpotClient
let clusterId = ''

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 12 })
  transport = createSpotTransport({ baseUrl: simulator.baseUrl, onDrift: (note) => drift.push(note) })
  client = createSpotClient(transport, credentials)
  clusterId = (await client.listClusters()).data[0]?.id ?? ''
})

afterAll(async () => {
  await transport?.close()
  await simulator?.close()
})

describe('every verb against the simulator', () => {
  it('reads what the contract documents, without drift and with a visible budget', async () => {
    const accounts = await client.listAccounts()
    expect(accounts.data.map(({ accountId }) => accountId)).toContain(credentials.accountId)
    expect((await client.getCluster(clusterId)).data.id).toBe(clusterId)
    expect((await client.getHeartbeat(clusterId)).data?.status).toBeTruthy()
    expect((await client.listNodes(clusterId)).data.length).toBeGreaterThan(0)
    const vngs = await client.listVngs(clusterId)
    expect(vng.parse((await client.getVng(vngs.data[0]?.id ?? '')).data)).toEqual(vngs.data[0])
    expect((await client.discover(clusterId, { withPods: true })).data.some(({ runningPods }) => runningPods !== null)).toBe(true)
    expect(Array.isArray((await client.listMigrations(clusterId)).data)).toBe(true)
    const toMs = Date.now()
    expect(Array.isArray((await client.readLog(clusterId, { fromMs: toMs - 86_400_000, toMs })).data)).toBe(true)
    expect(client.budget().busiest?.limit).toBeGreaterThan(0)
    expect(drift).toEqual([])
  })

  it('creates a migration, sees it at once, and stops it', async () => {
    const [node] = (await client.discover(clusterId)).data.filter(({ match }) => match.kind !== 'none')
    const created = await client.createMigration(clusterId, { ...defaultMigrationOptions, nodeNames: [node?.nodeName ?? ''] })
    const read = await client.getMigration(clusterId, created.data.id)
    expect(read.data).toMatchObject({ id: created.data.id, oldNodes: [{ nodeName: node?.nodeName }] })
    await client.stopMigration(clusterId, created.data.id)
    expect(drift).toEqual([])
  })

  it('tells a wrong token, an unknown cluster and an unknown run apart', async () => {
    const stranger = createSpotClient(transport, { ...credentials, token: 'wrong-token' })
    expect(await failureOf(stranger.listClusters())).toMatchObject({ kind: 'unauthorized' })
    expect(await failureOf(client.getCluster('o-00000000'))).toMatchObject({ kind: 'not-found' })
    expect(await failureOf(client.getMigration(clusterId, 'scr-00000000'))).toMatchObject({ kind: 'not-found' })
  })
})
