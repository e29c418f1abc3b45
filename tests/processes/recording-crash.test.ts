import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foldRun } from '@/lib/domain/progress/state'
import { leaseTtlMs } from '@/lib/live/lease'
import { clusterIds } from '@/lib/simulator/people'
import { seqs, upTo } from '@/tests/integration/live/support/events'
import { crashMoment } from '@/tests/support/crash-moment'
import { postgresMissing, startPostgres, type PostgresServer } from '@/tests/support/postgres'
import { startSimulator, type AdminClient } from '@/tests/support/simulator'
import { repeats } from '@/tests/support/soak'
import { removeDir } from '@/tests/support/remove-dir'
import { eventually } from './support/eventually'
import { signIn, type Person } from './support/person'
import { buildMissing, startServer, type ServerProcess } from './support/server'
import { nodesOf, startStack } from './support/stack'
import { lockTable } from './support/table-lock'

const clusterId = clusterIds.demo
/** A run lasts for all the kills: in the soak it goes slower. */
const speed = repeats(20, 3)

const launch = async (ada: Person, server: ServerProcess, nodeNames: readonly string[]): Promise<string> => {
  const told = await ada.launch(server, clusterId, await ada.review(server, clusterId, nodeNames))
  if (told.kind === 'refused' || told.answer.migrationId === null) throw new Error(JSON.stringify(told))
  return told.answer.migrationId
}

type Scene = { ada: Person; admin: AdminClient; migrationId: string }

/** Each change once, a gap at most for each kill, and the nodes as the twin has them. */
const expectWhole = async ({ ada, admin, migrationId }: Scene, server: ServerProcess, kills: number) => {
  await admin.time({ speed: 600 })
  const { changes } = await eventually(() => ada.record(server, clusterId, migrationId), ({ freshness }) => freshness.state === 'ended', 60_000)
  const { gaps, nodes } = foldRun(changes)
  expect(seqs(changes)).toEqual(upTo(changes.length))
  expect(gaps.length).toBeLessThanOrEqual(kills)
  expect(Object.fromEntries([...nodes].map(([name, { status }]) => [name, status]))).toEqual((await admin.runs())[migrationId]?.nodes)
}

const grown = (scene: Scene, server: ServerProcess, seq: number) => eventually(async () => (await scene.ada.record(server, clusterId, scene.migrationId)).seq, (now) => now > seq, 60_000)

const threeReadingsMs = 1_500

describe.skipIf(buildMissing !== null)(`a server on the embedded database that is killed again and again in one run${buildMissing === null ? '' : ` (skipped: ${buildMissing})`}`, () => {
  const kills = repeats(2, 40)

  test(`leaves a whole record: ${kills} of ${kills}`, async () => {
    const simulator = await startSimulator({ nodes: 24, speed })
    const dataDir = await mkdtemp(path.join(tmpdir(), 'slipway-killed-'))
    let server = await startServer({ upstream: simulator.baseUrl, dataDir })
    const ada = await signIn(server)
    const scene = { ada, admin: simulator.admin, migrationId: await launch(ada, server, await nodesOf(simulator.baseUrl, { clusterId, count: 10 })) }
    for (let turn = 0; turn < kills; turn += 1) {
      // Something is on its way, then any moment.
      await grown(scene, server, (await ada.record(server, clusterId, scene.migrationId)).seq)
      await crashMoment(turn, threeReadingsMs)
      await server.kill()
      server = await startServer({ upstream: simulator.baseUrl, dataDir })
    }
    await expectWhole(scene, server, kills)
    server.signal('SIGTERM')
    await server.ended
    await simulator.close()
    await removeDir(dataDir)
  })
})

const missing = postgresMissing ?? buildMissing

describe.skipIf(missing !== null).concurrent(`a server that is killed while it writes the record${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let postgres: PostgresServer
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.remove())

  test.for([
    { name: 'and the write is carried out', isLost: false },
    { name: 'and the write is lost', isLost: true },
  ])('$name, leaves a whole record to the next one', async ({ isLost }) => {
    const stack = await startStack(postgres, { speed })
    const server = await stack.start()
    const ada = await signIn(server)
    const scene = { ada, admin: stack.admin, migrationId: await launch(ada, server, await stack.nodeNames(clusterId, 8)) }
    await grown(scene, server, 8)
    const lock = await lockTable(stack.databaseUrl, 'run_changes')
    await lock.reached()
    await server.kill()
    if (isLost) await lock.endWaiting()
    await lock.release()
    const next = await stack.start()
    await eventually(() => next.metric('slipway_watchers'), (count) => count === 1, 2 * leaseTtlMs)
    await expectWhole(scene, next, 1)
    await stack.close()
  })
})
