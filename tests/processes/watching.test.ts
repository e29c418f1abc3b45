import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foldRun } from '@/lib/domain/progress/state'
import { leaseTtlMs } from '@/lib/live/lease'
import { clusterIds } from '@/lib/simulator/people'
import { seqs, upTo } from '@/tests/integration/live/support/events'
import { postgresMissing, startPostgres, type PostgresServer } from '@/tests/support/postgres'
import { eventually } from './support/eventually'
import { signIn, type Person } from './support/person'
import { buildMissing, type ServerProcess } from './support/server'
import { startStack, type ProcessStack } from './support/stack'

const missing = postgresMissing ?? buildMissing
const clusterId = clusterIds.demo
/** Another server looks every third of a lease; the rest is this machine's. */
const takenUpWithinMs = leaseTtlMs + leaseTtlMs / 3 + 3_000
const withinASecond = 1_000

/** `first` holds the run; each server asks the database under a name of its own. */
type Scene = ProcessStack & { first: ServerProcess; second: ServerProcess; ada: Person; bea: Person; migrationId: string }

const watchers = (server: ServerProcess) => server.metric('slipway_watchers')
const record = ({ ada, second, migrationId }: Scene) => ada.record(second, clusterId, migrationId)
const hasBegun = (scene: Scene) => eventually(async () => (await record(scene)).seq, (seq) => seq > 8)
/** Which server wrote each change, in order. */
const writers = async ({ sql }: Scene) => (await sql`select written_by from run_changes order by seq`).map(({ written_by }) => String(written_by))
const changesOfHands = (names: readonly string[]) => names.filter((name, index) => name !== names[index - 1])

/** Milliseconds from an act to the end of a stream that is open. */
const untilEnd = async (stream: { done: Promise<void> }, act: () => unknown): Promise<number> => {
  const startedAt = performance.now()
  await act()
  await stream.done
  return performance.now() - startedAt
}

/** One run, in one piece: each change once, one gap at most of so long, and the nodes as the twin has them. */
const expectWholeRun = async (scene: Scene, stream: Awaited<ReturnType<Person['stream']>>, mostGapMs: number) => {
  await scene.admin.time({ speed: 600 })
  await stream.done
  expect(stream.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'final' } })
  const { changes, freshness } = await record(scene)
  expect(freshness.state).toBe('ended')
  expect(seqs(changes)).toEqual(upTo(changes.length))
  expect(seqs(stream.changes())).toEqual(upTo(changes.length))
  const { gaps, nodes } = foldRun(changes)
  expect(gaps.length).toBeLessThanOrEqual(1)
  for (const { fromMs, untilMs } of gaps) expect(untilMs - fromMs).toBeLessThan(mostGapMs)
  expect(Object.fromEntries([...nodes].map(([name, { status }]) => [name, status]))).toEqual((await scene.admin.runs())[scene.migrationId]?.nodes)
}

describe.skipIf(missing !== null).concurrent(`two server processes on one PostgreSQL${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
    const sql = postgres(server.url, { max: 1 })
    for (const name of ['first', 'second']) await sql.unsafe(`create role ${name} superuser login`)
    await sql.end()
  })
  afterAll(() => server.remove())

  const as = (role: string, databaseUrl: string) => {
    const url = new URL(databaseUrl)
    url.username = role
    return url.href
  }

  const play = async (act: (scene: Scene) => Promise<void>) => {
    const stack = await startStack(server, { speed: 20 })
    try {
      const [first, second] = await Promise.all([stack.start(as('first', stack.databaseUrl)), stack.start(as('second', stack.databaseUrl))])
      await stack.sql`alter table run_changes add column written_by text not null default current_user`
      const [ada, bea] = [await signIn(first, { name: 'Ada' }), await signIn(second, { name: 'Bea', token: 'second-token' })]
      const told = await ada.launch(first, clusterId, await ada.review(first, clusterId, await stack.nodeNames(clusterId, 8)))
      if (told.kind === 'refused' || told.answer.migrationId === null) throw new Error(JSON.stringify(told))
      await act({ ...stack, first, second, ada, bea, migrationId: told.answer.migrationId })
    } finally {
      await stack.close()
    }
  }

  test('when the holder is killed the other goes on within its lease, and its viewers miss nothing', () =>
    play(async (scene) => {
      const stream = await scene.bea.stream(scene.second, clusterId, scene.migrationId)
      await hasBegun(scene)
      expect([await watchers(scene.first), await watchers(scene.second)]).toEqual([1, 0])
      await scene.first.kill()
      await eventually(() => watchers(scene.second), (count) => count === 1, takenUpWithinMs)
      await expectWholeRun(scene, stream, takenUpWithinMs)
      expect(changesOfHands(await writers(scene))).toEqual(['first', 'second'])
    }))

  test('a holder that is stopped for longer than its lease steps back when it goes on, and writes nothing over its successor', () =>
    play(async (scene) => {
      const [stream, onFirst] = [await scene.bea.stream(scene.second, clusterId, scene.migrationId), await scene.ada.stream(scene.first, clusterId, scene.migrationId)]
      await hasBegun(scene)
      scene.first.signal('SIGSTOP')
      await eventually(() => watchers(scene.second), (count) => count === 1, takenUpWithinMs)
      await eventually(() => writers(scene), (names) => names.at(-1) === 'second')
      scene.first.signal('SIGCONT')
      await eventually(() => watchers(scene.first), (count) => count === 0)
      await expectWholeRun(scene, stream, takenUpWithinMs)
      await onFirst.done
      expect(seqs(onFirst.changes())).toEqual(seqs(stream.changes()))
      expect(changesOfHands(await writers(scene))).toEqual(['first', 'second'])
    }))

  test('a sign-out on one ends the streams of that session on the other, and SIGTERM all of a server’s, each within a second', () =>
    play(async (scene) => {
      const { first, second, ada, bea, migrationId } = scene
      const [ofAda, onFirst, onSecond] = [await ada.stream(second, clusterId, migrationId), await bea.stream(first, clusterId, migrationId), await bea.stream(second, clusterId, migrationId)]
      await hasBegun(scene)
      expect(await untilEnd(ofAda, () => ada.signOut(first))).toBeLessThan(withinASecond)
      expect(ofAda.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'signed-out' } })
      expect(await untilEnd(onFirst, () => first.signal('SIGTERM'))).toBeLessThan(withinASecond)
      expect(onFirst.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'shutdown' } })
      await first.ended
      // It gave the run back: nobody waits for a lease to run out.
      await eventually(() => watchers(second), (count) => count === 1, leaseTtlMs / 3 + 3_000)
      await expectWholeRun({ ...scene, ada: bea }, onSecond, leaseTtlMs / 3 + 3_000)
    }))
})
