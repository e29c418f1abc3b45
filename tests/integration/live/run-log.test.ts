import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRunLog } from '@/lib/live/run-log'
import { createSpotClient } from '@/lib/spot/client'
import { createSpotTransport } from '@/lib/spot/transport'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

const clusterId = 'o-demo0001'
const options = { batchSizePercentage: 50, batchMinHealthyPercentage: 50, respectPdb: true, respectRestrictScaleDown: false, shouldTerminateNodes: true, shouldEvictStandalonePods: true, comment: 'a' }
let simulator: TestSimulator
let transport: ReturnType<typeof createSpotTransport>

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 40, speed: 1 })
  transport = createSpotTransport({ baseUrl: simulator.baseUrl })
})
afterAll(async () => {
  await transport?.close()
  await simulator?.close()
})

it('the sentence of a run that failed just before is not this run’s', async () => {
  const spot = createSpotClient(transport, { token: 'demo-token', accountId: 'act-demo0001', organizationId: null })
  const names = (await spot.discover(clusterId)).data.filter(({ nodePoolName }) => nodePoolName === 'npweb').map(({ nodeName }) => nodeName)
  const launch = async (nodeNames: string[]) => (await spot.createMigration(clusterId, { ...options, nodeNames })).data
  const messagesOf = async ({ id }: { id: string }) => {
    const { createdAt } = (await spot.getMigration(clusterId, id)).data
    const read = createRunLog(spot, { clusterId, migrationId: id, startedAtMs: () => Date.parse(createdAt ?? ''), endedAtMs: () => null }, [])
    return (await read(new Map(), Date.now(), new AbortController().signal)).flatMap((change) => (change.kind === 'log' ? [change.body.message] : []))
  }
  await simulator.admin.twin({ kind: 'scenario', clusterId, scenario: 'technical-timeout' })
  const failed = await launch(names.slice(0, 2))
  await simulator.admin.time({ skipMs: 10 * 60_000 })
  await simulator.admin.twin({ kind: 'scenario', clusterId, scenario: 'calm' })
  const next = await launch(names.slice(2, 4))
  const timeout = expect.stringContaining('technical timeout')
  expect(await messagesOf(failed)).toContainEqual(timeout)
  const told = await messagesOf(next)
  expect(told).not.toContainEqual(timeout)
  expect(told).toContainEqual(expect.stringContaining(next.id))
})
