import { describe, expect, test } from 'vitest'
import type { Freshness, RunRecord } from '@/lib/contract/run'
import type { RunChange } from '@/lib/domain/progress/change'
import { createHub } from '@/lib/live/hub'
import { openStream } from '@/lib/live/stream'
import { systemTimers, type Timers } from '@/lib/live/timers'

const quiet = { info: () => {}, warn: () => {} }
const live: Freshness = { state: 'live', lastPolledAtMs: 1, nextPollAtMs: 2, problem: null }
const options = { batchSizePercentage: null, batchMinHealthyPercentage: null, respectPdb: null, respectRestrictScaleDown: null, shouldTerminateNodes: null, shouldEvictStandalonePods: null }
const run: RunRecord['run'] = { migrationId: 'scr-1', clusterId: 'o-1', status: 'IN_PROGRESS', comment: '', startedBy: null, source: 'slipway', startedAtMs: null, endedAtMs: null, currentBatch: null, numOfBatches: null }

const change = (seq: number, size = 10): RunChange => ({ seq, atMs: seq, kind: 'anomaly', body: { sentence: 'x'.repeat(size) } })

/** A stored record that grows, with a stream on it. `store` writes and tells, as the recorder does. */
const setUp = ({ resumeAfter = null as number | null, stored = [] as RunChange[], timers = systemTimers(Date.now) as Timers } = {}) => {
  const changes = [...stored]
  const reads: number[] = []
  const hub = createHub('self', quiet)
  let closed = 0
  const gone = new AbortController()
  const stream = openStream({
    source: {
      runId: 1,
      head: async () => ({ seq: changes.length, freshness: live }),
      record: async () => ({ run, options, changes: [...changes], seq: changes.length, freshness: live, serverNowMs: 0 }),
      changesAfter: async (seq) => {
        reads.push(seq)
        return changes.slice(seq)
      },
    },
    hub,
    timers,
    log: quiet,
    resumeAfter,
    signal: gone.signal,
    onClosed: () => (closed += 1),
  })
  const store = (count: number, size?: number) => {
    for (let index = 0; index < count; index += 1) {
      const next = change(changes.length + 1, size)
      changes.push(next)
      hub.publish({ kind: 'changes', runId: 1, seq: next.seq }, [next])
    }
  }
  return { ...stream, hub, gone, store, reads, closed: () => closed, changes }
}

const decoder = new TextDecoder()
const seqsIn = (text: string) => [...text.matchAll(/"seq":(\d+),"atMs"/g)].map((match) => Number(match[1]))

/** What was given to the stream has been told: it listens again and is busy with nothing. */
const atRest = () => new Promise((resolve) => setImmediate(resolve))

describe('a slow reader', () => {
  test('costs no more than its buffer, however much is recorded', async () => {
    const { body, store, reads, end } = setUp()
    const reader = body.getReader()
    let text = ''
    while (!text.includes('event: freshness')) text += decoder.decode((await reader.read()).value)
    await atRest()
    store(5_000, 1_000)
    end('shutdown')
    let bytes = 0
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      bytes += part.value.byteLength
      text += decoder.decode(part.value)
    }
    expect(bytes).toBeGreaterThan(200_000)
    expect(bytes).toBeLessThan(400_000)
    expect(reads).toEqual([])
    expect(text).toContain('event: end')
  })

  test('is brought up to date from the database, each change once', async () => {
    const { body, store, end } = setUp({ stored: [change(1), change(2)] })
    const reader = body.getReader()
    let text = decoder.decode((await reader.read()).value)
    store(2_000, 1_000)
    while (!text.includes('"seq":2002,')) text += decoder.decode((await reader.read()).value)
    store(3)
    while (!text.includes('"seq":2005,')) text += decoder.decode((await reader.read()).value)
    end('shutdown')
    expect(seqsIn(text)).toEqual(Array.from({ length: 2_005 }, (_, index) => index + 1))
  })
})

test('a client that comes back reads only what it has not', async () => {
  const { body, end } = setUp({ resumeAfter: 3, stored: [1, 2, 3, 4, 5].map((seq) => change(seq)) })
  const reader = body.getReader()
  let text = ''
  while (!text.includes('event: freshness')) text += decoder.decode((await reader.read()).value)
  end('shutdown')
  expect(seqsIn(text)).toEqual([4, 5])
  expect(text).toContain('id: 5\n')
  expect(text).not.toContain('event: record')
})

test('a stream that may have missed what another server told looks for itself', async () => {
  const { body, hub, changes, end } = setUp({ stored: [change(1)] })
  let beginAnew = () => {}
  const sql = { listen: async (_: string, __: unknown, onListen: () => void) => ((beginAnew = onListen), { unlisten: async () => {} }), notify: async () => {} }
  await hub.join(sql as unknown as Parameters<typeof hub.join>[0])
  const reader = body.getReader()
  let text = ''
  while (!text.includes('event: freshness')) text += decoder.decode((await reader.read()).value)
  await atRest()
  changes.push(change(2))
  beginAnew()
  while (!text.includes('"seq":2,')) text += decoder.decode((await reader.read()).value)
  end('shutdown')
  expect(seqsIn(text)).toEqual([1, 2])
})

test('a silent stream is kept open by a word every 15 seconds', async () => {
  const waiting: { ms: number; act: () => void }[] = []
  const timers: Timers = { now: () => 0, elapsedMs: () => 0, after: (ms, act) => (waiting.push({ ms, act }), () => {}) }
  const { body, end } = setUp({ timers })
  const reader = body.getReader()
  expect(waiting.map(({ ms }) => ms)).toEqual([15_000])
  waiting.shift()?.act()
  let text = ''
  while (!text.includes('event: ping')) text += decoder.decode((await reader.read()).value)
  expect(waiting).toHaveLength(1)
  end('shutdown')
})

test('a silent stream looks for itself: the last word of another server may have been lost on its way', async () => {
  const waiting: (() => void)[] = []
  const timers: Timers = { now: () => 0, elapsedMs: () => 0, after: (_, act) => (waiting.push(act), () => {}) }
  const { body, changes, end } = setUp({ stored: [change(1)], timers })
  const reader = body.getReader()
  let text = ''
  while (!text.includes('event: freshness')) text += decoder.decode((await reader.read()).value)
  await atRest()
  changes.push(change(2))
  waiting.shift()?.()
  while (!text.includes('"seq":2,')) text += decoder.decode((await reader.read()).value)
  end('shutdown')
  expect(seqsIn(text)).toEqual([1, 2])
})

test('a silent stream outlasts a database that is away', async () => {
  const waiting: (() => void)[] = []
  const timers: Timers = { now: () => 0, elapsedMs: () => 0, after: (_, act) => (waiting.push(act), () => {}) }
  const hub = createHub('self', quiet)
  let isAway = false
  const whileThere = <Answer>(answer: Answer) => async () => {
    if (isAway) throw new Error('away')
    return answer
  }
  const record: RunRecord = { run, options, changes: [change(1)], seq: 1, freshness: live, serverNowMs: 0 }
  const { body, end } = openStream({ source: { runId: 1, head: whileThere({ seq: 1, freshness: live }), record: whileThere(record), changesAfter: whileThere([]) }, hub, timers, log: quiet, resumeAfter: null, signal: new AbortController().signal, onClosed: () => {} })
  const reader = body.getReader()
  let text = ''
  while (!text.includes('event: freshness')) text += decoder.decode((await reader.read()).value)
  isAway = true
  waiting.shift()?.()
  await atRest()
  isAway = false
  waiting.shift()?.()
  text = ''
  while (!text.includes('event: freshness')) text += decoder.decode((await reader.read()).value)
  end('shutdown')
})

test.each(['cancelled', 'aborted', 'ended'])('a stream that is %s leaves no listener behind and is closed once', async (how) => {
  const { body, hub, gone, end, closed } = setUp()
  if (how === 'cancelled') await body.cancel()
  if (how === 'aborted') gone.abort()
  if (how === 'ended') end('signed-out')
  gone.abort()
  end('shutdown')
  expect(hub.listeners()).toBe(0)
  expect(closed()).toBe(1)
})

test('a stream whose changes were deleted is cut, and does not go on asking for them', async () => {
  const { body, hub, changes, reads } = setUp({ resumeAfter: 1, stored: [change(1)] })
  const reader = body.getReader()
  let text = ''
  while (!text.includes('event: freshness')) text += decoder.decode((await reader.read()).value)
  changes.length = 0
  hub.publish({ kind: 'changes', runId: 1, seq: 2 })
  await expect(reader.read()).rejects.toThrow('cannot be read')
  expect(reads).toEqual([1])
})

test('a record that cannot be read cuts the stream, so that the client comes back', async () => {
  const hub = createHub('self', quiet)
  const broken = () => Promise.reject(new Error('away'))
  const { body } = openStream({ source: { runId: 1, head: broken, record: broken, changesAfter: broken }, hub, timers: systemTimers(Date.now), log: quiet, resumeAfter: null, signal: new AbortController().signal, onClosed: () => {} })
  const reader = body.getReader()
  await expect((async () => {
    for (;;) await reader.read()
  })()).rejects.toThrow('cannot be read')
  expect(hub.listeners()).toBe(0)
})
