import { afterAll, beforeAll, expect, it } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { POST as launch } from '@/app/api/clusters/[clusterId]/launches/route'
import { GET as readRun } from '@/app/api/clusters/[clusterId]/migrations/[migrationId]/route'
import { launchAnswer } from '@/lib/contract/launch-answer'
import type { RehearsedLine } from '@/lib/contract/rehearsed-line'
import { runRecord, type RunRecord } from '@/lib/contract/run'
import { foldRun } from '@/lib/domain/progress/state'
import { namesIn } from '@/tests/integration/simulator/support/runs'
import { call, signedInCookie, startApp, type TestApp } from '@/tests/support/app'
import { launchBody } from '@/tests/support/launch-body'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

const clusterId = 'o-demo0001'
const line: RehearsedLine = { timesMs: [0, 60_000, 120_000], median: [0, 0.5, 1], low: [0, 0, 1], high: [0, 1, 1] }
let simulator: TestSimulator
let app: TestApp
let cookie = ''

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 40, speed: 60 })
  app = await startApp({ spotApiUrl: simulator.baseUrl, settings: { SLIPWAY_POLL_INTERVAL_MS: '250' } })
  cookie = await signedInCookie(auth)
})
afterAll(async () => {
  await app?.close()
  await simulator?.close()
})

/** Launches one node with this in the place of the line, lets the run end, and reads it as its page does. */
const recordOf = async (rehearsed: unknown): Promise<RunRecord> => {
  const [node = ''] = await namesIn(simulator, 'npweb')
  const body = { ...(await launchBody(cookie, clusterId, { nodeNames: [node] })), rehearsed }
  const answer = launchAnswer.parse(await (await call(launch, { method: 'POST', cookie, params: { clusterId }, body })).json())
  const params = { clusterId, migrationId: answer.migrationId ?? '' }
  const read = async () => runRecord.parse(await (await call(readRun, { cookie, params })).json())
  const record = await read()
  await simulator.admin.time({ skipMs: 4 * 3_600_000 })
  await expect.poll(async () => (await read()).freshness.state, { timeout: 15_000 }).toBe('ended')
  return record
}

it('the line that a launch carries stands in the record of its run, and no other run gets it', async () => {
  const record = await recordOf(line)
  expect(record.rehearsed).toEqual(line)
  const foreseen = ['fixed', 'equal', 'cluster'].map((model) => ({ model, sizes: [1] }))
  expect(record.predicted, 'the batches that were foreseen are kept as well').toEqual({ order: [...foldRun(record.changes).nodes.keys()], readings: foreseen })
  expect((await recordOf(undefined)).rehearsed).toBeUndefined()
})

it.each([{ ...line, timesMs: [0, 0, 0] }, 'a line', null])('a line that is none is left out, and the launch goes its way', async (rehearsed) => {
  const record = await recordOf(rehearsed)
  expect(record.run.source).toBe('slipway')
  expect(record.rehearsed).toBeUndefined()
})
