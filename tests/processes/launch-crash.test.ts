import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LaunchRequest } from '@/lib/contract/launch'
import { clusterIds } from '@/lib/simulator/people'
import { postgresMissing, startPostgres, type PostgresServer } from '@/tests/support/postgres'
import { eventually } from './support/eventually'
import { signIn, type Person } from './support/person'
import { buildMissing, type ServerProcess } from './support/server'
import { startStack, type ProcessStack } from './support/stack'
import { lockTable } from './support/table-lock'

const missing = postgresMissing ?? buildMissing
const clusterId = clusterIds.demo
const launchPath = `${clusterId}/migration`
/** Longer than another server takes to notice a launch that has grown old, and to look it up. */
const givenMs = 75_000

type Scene = ProcessStack & { server: ServerProcess; ada: Person; bea: Person; request: LaunchRequest }

const stateIn = async ({ sql }: ProcessStack) => (await sql`select state from launches`)[0]?.state as string | undefined
/** As if the launch had been sent two minutes ago: until then its run may turn up. */
const passTwoMinutes = ({ sql }: ProcessStack) => sql`update launches set created_at = created_at - interval '2 minutes', sent_at = sent_at - interval '2 minutes'`
const until = async (scene: Scene, state: string) => eventually(() => stateIn(scene), (now) => now === state)
const press = ({ ada, server, request }: Scene) => void ada.launch(server, clusterId, request).catch(() => {})

/** Kills the server where it waits for a table. What it had asked of the database is carried out, as in life. */
const killAtTable = async (scene: Scene, table: string, mode?: 'exclusive' | 'access exclusive', isAskedBefore = true) => {
  const lock = await lockTable(scene.databaseUrl, table, mode)
  if (isAskedBefore) press(scene)
  await lock.reached()
  return {
    kill: async ({ isLost = false } = {}) => {
      await scene.server.kill()
      if (isLost) await lock.endWaiting()
      await lock.release()
    },
  }
}

const killWhileSpotIsAsked = async (scene: Scene, kind: 'hang-before' | 'hang-after', created: number) => {
  await scene.admin.fault({ method: 'POST', pathEndsWith: launchPath, times: 1, effect: { kind } })
  press(scene)
  await eventually(() => scene.sent(clusterId), (sent) => sent.posts === 1 && sent.created === created)
  await until(scene, 'sent')
  await scene.server.kill()
}

/** Spot takes its time, so that the table can be taken when the launch is on its way. */
const killAfterAnswer = async (scene: Scene, { table, mode = 'exclusive', isLost, runs }: { table: string; mode?: 'exclusive' | 'access exclusive'; isLost: boolean; runs: number }) => {
  await scene.admin.fault({ method: 'POST', pathEndsWith: launchPath, times: 1, effect: { kind: 'latency', ms: 2_000 } })
  press(scene)
  await until(scene, 'sent')
  const { kill } = await killAtTable(scene, table, mode, false)
  await eventually(async () => (await scene.sql`select id from runs`).length, (count) => count === runs)
  expect(await scene.sent(clusterId)).toEqual({ posts: 1, created: 1 })
  await kill({ isLost })
}

/** Spot takes its time over an answer that is lost, so that the list can be made to hang before it is looked through. */
const killWhileLookedUp = async (scene: Scene) => {
  const lookedUp = async () => {
    const asked = (await scene.admin.journal()).filter(({ path }) => path.endsWith(launchPath))
    return asked.slice(asked.findIndex(({ method }) => method === 'POST')).some(({ method, status }) => method === 'GET' && status === null)
  }
  for (const effect of [{ kind: 'latency', ms: 2_000 }, { kind: 'reset-after' }] as const) await scene.admin.fault({ method: 'POST', pathEndsWith: launchPath, times: 1, effect })
  press(scene)
  await until(scene, 'sent')
  await scene.admin.fault({ method: 'GET', pathEndsWith: launchPath, effect: { kind: 'hang-before' } })
  await until(scene, 'unknown')
  await eventually(lookedUp, (isLookedUp) => isLookedUp)
  expect(await scene.sent(clusterId)).toEqual({ posts: 1, created: 1 })
  await scene.server.kill()
}

const isOpen = expect.stringMatching(/^(pending|sent|unknown)$/)
const answerOf = async (person: Person, server: ServerProcess, request: LaunchRequest) => {
  const told = await person.launch(server, clusterId, request)
  return told.kind === 'answer' ? told.answer : told.problem
}

/** The same selection, reviewed again: a launch of its own. */
const again = async (scene: Scene, person: Person, server: ServerProcess) => answerOf(person, server, await person.review(server, clusterId, scene.request.nodeNames ?? []))

/** The launch is found by its mark: one run, recorded, that everyone sees, and the same key leads to it. */
const expectFound = async (scene: Scene, server: ServerProcess) => {
  const { ada, bea, request } = scene
  await eventually(() => stateIn(scene), (state) => state === 'acked', givenMs)
  const [row] = await scene.sql`select id, migration_id from launches`
  const [launchId, migrationId] = [String(row?.id), String(row?.migration_id)]
  expect(await answerOf(ada, server, request)).toMatchObject({ state: 'acked', launchId, migrationId })
  expect(await again(scene, bea, server)).toMatchObject({ code: 'migration_in_progress', facts: { migrationId, startedBy: 'Ada' } })
  for (const person of [ada, bea]) expect((await person.runs(server, clusterId)).filter((run) => run.source === 'slipway').map((run) => run.migrationId)).toEqual([migrationId])
  await eventually(async () => (await ada.record(server, clusterId, migrationId)).seq, (seq) => seq > 0)
  expect(await scene.sent(clusterId)).toEqual({ posts: 1, created: 1 })
  expect(await scene.sql`select id from runs`).toHaveLength(1)
}

/** Nothing was made: shown as open until that is known, not sent again by anything but a person. */
const expectNotFound = async (scene: Scene, server: ServerProcess, posts: number) => {
  const { ada, bea, request } = scene
  const [row] = await scene.sql`select id from launches`
  expect(await ada.launchState(server, clusterId, String(row?.id))).toMatchObject({ state: isOpen, migrationId: null })
  expect(await answerOf(ada, server, request)).toMatchObject({ state: isOpen, launchId: row?.id })
  expect(await again(scene, bea, server)).toMatchObject({ status: 409, facts: { startedBy: 'Ada' } })
  await passTwoMinutes(scene)
  await eventually(() => stateIn(scene), (state) => state === 'not_found', givenMs)
  expect(await answerOf(ada, server, request)).toMatchObject({ state: 'not_found' })
  expect(await scene.sent(clusterId)).toEqual({ posts, created: 0 })
  expect(await again(scene, bea, server)).toMatchObject({ state: 'acked' })
  expect(await scene.sent(clusterId)).toEqual({ posts: posts + 1, created: 1 })
}

type Step = { name: string; outcome: string; kill: (scene: Scene) => Promise<void>; expectAfter: (scene: Scene, server: ServerProcess) => Promise<void> }

const steps: Step[] = [
  {
    name: 'while the facts are read, before the intent',
    outcome: 'leaves nothing, and the same key starts it',
    kill: async (scene) => {
      const { length } = await scene.admin.journal()
      await scene.admin.fault({ method: 'GET', pathEndsWith: '/discovery', times: 1, effect: { kind: 'hang-before' } })
      press(scene)
      await eventually(async () => (await scene.admin.journal()).slice(length).some(({ path, status }) => path.endsWith('/discovery') && status === null), (isHanging) => isHanging)
      await scene.server.kill()
    },
    expectAfter: async (scene, server) => {
      expect(await stateIn(scene)).toBeUndefined()
      expect(await answerOf(scene.ada, server, scene.request)).toMatchObject({ state: 'acked' })
      expect(await scene.sent(clusterId)).toEqual({ posts: 1, created: 1 })
    },
  },
  {
    name: 'with the intent committed, before it is sent',
    outcome: 'leaves a launch that is not found, and nothing was sent',
    kill: async (scene) => {
      const { kill } = await killAtTable(scene, 'rollback_kits')
      expect(await stateIn(scene)).toBe('pending')
      await kill()
    },
    expectAfter: (scene, server) => expectNotFound(scene, server, 0),
  },
  {
    name: 'while Spot has the launch and has not carried it out',
    outcome: 'leaves a launch that is not found, and it was sent once',
    kill: (scene) => killWhileSpotIsAsked(scene, 'hang-before', 0),
    expectAfter: (scene, server) => expectNotFound(scene, server, 1),
  },
  {
    name: 'after Spot has carried it out, before its answer',
    outcome: 'leaves a launch whose run is found by its mark',
    kill: (scene) => killWhileSpotIsAsked(scene, 'hang-after', 1),
    expectAfter: expectFound,
  },
  {
    name: 'while the run of a lost answer is looked for',
    outcome: 'leaves a launch that is looked for again, and found',
    kill: killWhileLookedUp,
    expectAfter: expectFound,
  },
  {
    name: 'with the answer here, before the run is recorded',
    outcome: 'leaves no run, and the launch finds it',
    kill: (scene) => killAfterAnswer(scene, { table: 'runs', isLost: true, runs: 0 }),
    expectAfter: expectFound,
  },
  {
    name: 'with the answer here and the run recorded, the launch not',
    outcome: 'leaves one run, and the launch finds it',
    kill: (scene) => killAfterAnswer(scene, { table: 'launches', isLost: true, runs: 1 }),
    expectAfter: expectFound,
  },
  {
    name: 'with all recorded, before the reply',
    outcome: 'leaves a launch that is known, and the same key is told',
    kill: async (scene) => {
      await killAfterAnswer(scene, { table: 'run_changes', mode: 'access exclusive', isLost: false, runs: 1 })
      expect(await stateIn(scene)).toBe('acked')
    },
    expectAfter: expectFound,
  },
]

describe.skipIf(missing !== null).concurrent(`a server that is killed in the middle of a launch${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let postgres: PostgresServer
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.remove())

  const play = async (act: (scene: Scene) => Promise<void>) => {
    // Slow, so that no run ends while its launch is looked for.
    const stack = await startStack(postgres, { speed: 1 })
    try {
      const server = await stack.start()
      const [ada, bea] = [await signIn(server, { name: 'Ada' }), await signIn(server, { name: 'Bea', token: 'second-token' })]
      await act({ ...stack, server, ada, bea, request: await ada.review(server, clusterId, await stack.nodeNames(clusterId, 4)) })
    } finally {
      await stack.close()
    }
  }

  test('leaves what another server takes up, though the killed one never comes back and nobody asks', () =>
    play(async (scene) => {
      const other = await scene.start()
      await killWhileSpotIsAsked(scene, 'hang-after', 1)
      await passTwoMinutes(scene)
      await expectFound(scene, other)
    }))

  test.for(steps)('$name, $outcome', ({ kill, expectAfter }) =>
    play(async (scene) => {
      await kill(scene)
      await scene.admin.clearFaults()
      await expectAfter(scene, await scene.start())
    }),
  )
})
