import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Freshness } from '@/lib/contract/run'
import type { RunChange } from '@/lib/domain/progress/change'
import { createHub } from '@/lib/live/hub'
import { openStream as openLiveStream } from '@/lib/live/stream'
import { systemTimers } from '@/lib/live/timers'
import { openStream } from '@/lib/services/open-stream'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { repeats } from '@/tests/support/soak'
import { clusterId } from '../live/support/bench'
import { readStream, seqs, upTo } from '../live/support/events'
import { bodyOf, serveStreams } from './support/stream-server'
import { long, startWatchedRun } from './support/watched-run'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.remove())

const isAsleep = (viewer: number) => viewer % 5 === 0

test('viewers over HTTP of whom a fifth never read cost one watcher: those who read miss nothing, and the others neither once they wake', async () => {
  const run = await startWatchedRun(database)
  const { bench, migrationId } = run
  const server = await serveStreams(async (viewer, signal) => {
    const ctx = await bench.contextFor({ name: `P${viewer}`, sessionId: `s${viewer}`, signal })
    return openStream({ ctx, input: { clusterId, migrationId, resumeAfter: null } })
  })
  const viewers = repeats(60, 2_000)
  const answers = []
  for (let viewer = 0; viewer < viewers; viewer += 1) answers.push(await server.connect(viewer))
  const awake = answers.filter((_, viewer) => !isAsleep(viewer)).map((answer) => readStream(bodyOf(answer)))
  expect(bench.live.counts()).toEqual({ watchers: 1, streams: viewers })
  const first = awake[0] as (typeof awake)[number]
  await expect.poll(() => first.named('record').length, long).toBe(1)
  const [from, told] = [(await run.readings()).length, first.named('freshness').length]
  await bench.admin.time({ speed: 600 })
  await Promise.all(awake.map(({ done }) => done))
  const whole = upTo((await run.record()).seq)
  for (const stream of awake) expect(seqs(stream.changes())).toEqual(whole)
  // One watcher, however many look: a reading is told to the one who listens as freshness.
  expect((await run.readings()).length - from).toBeLessThanOrEqual(first.named('freshness').length - told + 2)
  const woken = answers.filter((_, viewer) => isAsleep(viewer)).map((answer) => readStream(bodyOf(answer)))
  await Promise.all(woken.map(({ done }) => done))
  for (const stream of woken) expect(seqs(stream.changes())).toEqual(whole)
  await expect.poll(() => bench.live.counts().streams).toBe(0)
  await server.close()
  await run.close()
})

const live: Freshness = { state: 'live', lastPolledAtMs: 1, nextPollAtMs: 2, problem: null }
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const lineBytes = 10_000
/** What the kernel and Node hold of one connection, and the line that was on its way. */
const heldOnTheWay = 512 * 1024

test('a record that grows by megabytes costs the server no more for a viewer who never reads than its buffer', async () => {
  const stored: RunChange[] = []
  const hub = createHub('self', quiet)
  const server = await serveStreams(
    (_, signal) =>
      openLiveStream({
        source: {
          runId: 1,
          head: async () => ({ seq: stored.length, freshness: live }),
          record: async () => {
            throw new Error('whoever comes back asks for what follows')
          },
          changesAfter: async (seq) => stored.slice(seq),
        },
        hub,
        timers: systemTimers(Date.now),
        log: quiet,
        resumeAfter: 0,
        signal,
        onClosed: () => {},
      }).body,
  )
  const viewers = repeats(20, 200)
  const answers = []
  for (let viewer = 0; viewer < viewers; viewer += 1) answers.push(await server.connect(viewer))
  const awake = answers.filter((_, viewer) => !isAsleep(viewer)).map((answer) => readStream(bodyOf(answer)))
  for (let seq = 1; seq <= 400; seq += 1) {
    const change: RunChange = { seq, atMs: seq, kind: 'log', body: { loggedAtMs: seq, severity: 'INFO', message: 'x'.repeat(lineBytes) } }
    stored.push(change)
    hub.publish({ kind: 'changes', runId: 1, seq }, [change])
    // A turn of the loop for those who read.
    await new Promise((resolve) => setImmediate(resolve))
  }
  const whole = upTo(stored.length)
  await expect.poll(() => awake.every((stream) => stream.lastId() === stored.length), long).toBe(true)
  for (const stream of awake) expect(seqs(stream.changes())).toEqual(whole)
  const asleep = Array.from({ length: viewers }, (_, viewer) => viewer).filter(isAsleep)
  for (const viewer of asleep) expect(server.givenTo(viewer)).toBeLessThan(heldOnTheWay)
  const woken = answers.filter((_, viewer) => isAsleep(viewer)).map((answer) => readStream(bodyOf(answer)))
  await expect.poll(() => woken.every((stream) => stream.lastId() === stored.length), long).toBe(true)
  for (const stream of woken) expect(seqs(stream.changes())).toEqual(whole)
  for (const stream of [...awake, ...woken]) await stream.cancel()
  await server.close()
})
