import { expect, test } from 'vitest'
import { createRunLog } from '@/lib/live/run-log'
import type { SpotClient } from '@/lib/spot/client'

const minuteMs = 60_000
const startMs = Date.parse('2026-01-01T10:00:00Z')
const run = { clusterId: 'o-1', migrationId: 'scr-1', startedAtMs: () => startMs, endedAtMs: () => null }

/** A log of the vendor's: at most 1,000 lines an answer. Every tenth line is of the run. */
const logOf = (timesMs: readonly number[], messageOf = (index: number) => (index % 10 === 0 ? `scr-1 line ${index}` : `noise ${index}`)) => {
  const asked: { fromMs: number; toMs: number }[] = []
  const lines = timesMs.map((atMs, index) => ({ message: messageOf(index), severity: 'INFO' as const, createdAt: new Date(atMs).toISOString() }))
  const readLog: SpotClient['readLog'] = async (_, { fromMs, toMs, limit = 1_000 }) => {
    asked.push({ fromMs, toMs })
    const within = lines.filter(({ createdAt }) => Date.parse(createdAt) >= fromMs && Date.parse(createdAt) <= toMs)
    return { data: within.slice(0, limit), fetchedAtMs: 0, drift: [] } as unknown as Awaited<ReturnType<SpotClient['readLog']>>
  }
  return { spot: { readLog }, asked }
}
const messages = (changes: Awaited<ReturnType<ReturnType<typeof createRunLog>>>) => changes.flatMap((change) => (change.kind === 'log' ? [change.body.message] : []))
const never = new AbortController().signal

test('more lines than Spot gives at once are read in parts, in order and each once', async () => {
  const { spot } = logOf(Array.from({ length: 3_500 }, (_, index) => startMs + index * 1_000))
  const read = createRunLog(spot, run, [])
  expect(messages(await read(new Map(), startMs + 60 * minuteMs, never))).toEqual(Array.from({ length: 350 }, (_, index) => `scr-1 line ${index * 10}`))
  expect(await read(new Map(), startMs + 61 * minuteMs, never)).toEqual([])
})

test('where a span holds more than can be read, the record says that lines are missing', async () => {
  const { spot, asked } = logOf(Array.from({ length: 5_000 }, (_, index) => startMs + Math.floor(index / 10)))
  const read = createRunLog(spot, run, [])
  const told = messages(await read(new Map(), startMs + minuteMs, never))
  expect(told.filter((message) => message.startsWith('Lines are missing here'))).toHaveLength(1)
  expect(asked.length).toBeLessThanOrEqual(7)
})

test('of a cluster that says much about other things only what is new is asked for', async () => {
  const { spot, asked } = logOf([startMs + 40 * minuteMs, startMs + 41 * minuteMs])
  const read = createRunLog(spot, { ...run, migrationId: 'scr-2' }, [])
  await read(new Map(), startMs + 45 * minuteMs, never)
  await read(new Map(), startMs + 46 * minuteMs, never)
  expect(asked.at(-1)?.fromMs).toBe(startMs + 40 * minuteMs)
})

test('a server whose clock is half an hour behind Spot’s misses no line', async () => {
  const { spot } = logOf(Array.from({ length: 900 }, (_, index) => startMs + index * 1_000))
  const read = createRunLog(spot, run, [])
  const behindMs = 30 * minuteMs
  expect(messages(await read(new Map(), startMs + 5 * minuteMs - behindMs, never))).toHaveLength(90)
  expect(await read(new Map(), startMs + 16 * minuteMs - behindMs, never)).toEqual([])
})

test('lines that are missing are never said to be of a time to come', async () => {
  const { spot } = logOf(Array.from({ length: 8_000 }, (_, index) => startMs + index * 10))
  const nowMs = startMs + 2 * minuteMs
  const [until] = messages(await createRunLog(spot, run, [])(new Map(), nowMs, never)).flatMap((message) => /Lines are missing here: from \S+ to (\S+)/.exec(message)?.[1] ?? []).sort().reverse()
  expect(Date.parse(until ?? '')).toBeLessThanOrEqual(nowMs)
})

test('a sentence that names no run is not that of a run which ended before it', async () => {
  const endMs = startMs + 5 * minuteMs
  const told = ['The migration has failed due to technical timeout.', 'scr-1: the last old node was terminated', 'Migration: the last batch is done']
  const { spot } = logOf([endMs + 5 * minuteMs, endMs + 5 * minuteMs, endMs + 1_000], (index) => told[index] ?? '')
  expect(messages(await createRunLog(spot, { ...run, endedAtMs: () => endMs }, [])(new Map(), endMs, never))).toEqual([told[2], told[1]])
})
