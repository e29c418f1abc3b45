import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FaultEffect } from '@/lib/simulator/admin-types'
import { clusterIds } from '@/lib/simulator/people'
import { postgresMissing, startPostgres, type PostgresServer } from '@/tests/support/postgres'
import { repeats } from '@/tests/support/soak'
import { eventually } from './support/eventually'
import { signIn, type Told } from './support/person'
import { buildMissing, type ServerProcess } from './support/server'
import { startStack, type ProcessStack } from './support/stack'

const missing = postgresMissing ?? buildMissing
/** Spot carries the launch out, and its answer does not arrive: each loss in a cluster of its own. */
const losses: { name: string; clusterId: string; accountId: string; effect: FaultEffect }[] = [
  { name: 'never arrives', clusterId: clusterIds.demo, accountId: 'act-demo0001', effect: { kind: 'hang-after' } },
  { name: 'is cut', clusterId: clusterIds.edge, accountId: 'act-demo0001', effect: { kind: 'cut', afterBytes: 20 } },
  { name: 'is a 500', clusterId: clusterIds.staging, accountId: 'act-demo0002', effect: { kind: 'status', status: 500, isCarriedOut: true } },
]
type Loss = (typeof losses)[number]

const presses = 20
/** How many storms at once: more would measure this machine. */
const lanes = 4

const launchIdOf = (told: Told): string | number | string[] | undefined => (told.kind === 'answer' ? told.answer.launchId : told.problem.facts?.launchId)
const migrationIdOf = (told: Told) => (told.kind === 'answer' ? told.answer.migrationId : (told.problem.facts?.migrationId ?? null))

/**
 * Twenty presses at once through both servers: half of them one key, as a double press and a reload send it,
 * the others keys of their own, from a second tab and another person.
 */
const press = async (stack: ProcessStack, servers: ServerProcess[], { clusterId, accountId, effect }: Loss) => {
  await stack.admin.fault({ method: 'POST', pathEndsWith: `${clusterId}/migration`, times: 1, effect })
  const [first] = servers as [ServerProcess]
  const people = [await signIn(first, { name: 'Ada', accountId }), await signIn(first, { name: 'Bea', accountId, token: 'second-token' })] as const
  const request = await people[0].review(first, clusterId, await stack.nodeNames(clusterId, 4, accountId))
  const told = await Promise.all(
    Array.from({ length: presses }, async (_, index) => {
      const server = servers[index % servers.length] as ServerProcess
      const isOneKey = index < presses / 2
      const person = isOneKey || index % 4 < 2 ? people[0] : people[1]
      return person.launch(server, clusterId, isOneKey ? request : { ...request, launchKey: randomUUID() })
    }),
  )
  return { people, told }
}

/** One migration; everyone was told of the same launch, and finds its run whichever server they ask. */
const expectOneRun = async (stack: ProcessStack, servers: ServerProcess[], loss: Loss) => {
  const { clusterId } = loss
  const { people, told } = await press(stack, servers, loss)
  const answers = told.flatMap((each) => (each.kind === 'answer' ? [each.answer] : []))
  const [launchId] = answers.map((answer) => answer.launchId)
  expect(launchId, JSON.stringify(told)).toBeDefined()
  for (const each of told) if (each.kind === 'refused') expect(each.problem).toMatchObject({ status: 409, code: expect.stringMatching(/^(migration_in_progress|launch_unknown)$/) })
  const found = async () => (await people[0].launchState(servers[0] as ServerProcess, clusterId, launchId as string)).migrationId
  const migrationId = await eventually(found, (id) => id !== null, 30_000)
  // Whoever asked before it was found was told of the launch, the others of its run.
  for (const each of told) expect([launchId, migrationId]).toContain(migrationIdOf(each) ?? launchIdOf(each))
  for (const server of servers)
    for (const person of people) {
      expect(await person.launchState(server, clusterId, launchId as string)).toMatchObject({ state: 'acked', migrationId })
      expect((await person.runs(server, clusterId)).filter((run) => run.source === 'slipway').map((run) => run.migrationId)).toEqual([migrationId])
    }
  expect(await stack.sent(clusterId)).toEqual({ posts: 1, created: 1 })
  const rows = await stack.sql`select state from launches where cluster_id = ${clusterId}`
  expect(rows.map(({ state }) => state)).toEqual(['acked'])
}

describe.skipIf(missing !== null)(`twenty presses at once through two server processes${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let postgres: PostgresServer
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.remove())

  const storm = async (wanted: readonly Loss[]) => {
    const stack = await startStack(postgres)
    try {
      const servers = await Promise.all([stack.start(), stack.start()])
      await Promise.all(wanted.map((loss) => expectOneRun(stack, servers, loss)))
    } finally {
      await stack.close()
    }
  }

  const passes = repeats(1, 50)
  test(`start one migration when Spot’s answer ${losses.map(({ name }) => name).join(', ')}: ${passes} of ${passes}`, async () => {
    for (let done = 0; done < passes; done += lanes) await Promise.all(Array.from({ length: Math.min(lanes, passes - done) }, () => storm(losses)))
  })
})
