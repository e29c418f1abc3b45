import { expect, test } from 'vitest'
import type { HeartbeatFacts } from '@/lib/domain/heartbeat'
import { createRunHeartbeat } from '@/lib/live/run-heartbeat'
import { SpotError } from '@/lib/spot/errors'

const nowMs = Date.parse('2026-01-01T10:00:00Z')
const beat = { data: { status: 'ACTIVE', lastHeartbeat: '2026-01-01T09:59:50Z' }, fetchedAtMs: nowMs }
const fails = (kind: 'server' | 'not-found') => new SpotError(kind, { wasSent: 'yes' })

/** What is told of a controller over readings that are answered so, and how often Spot was asked; `null`: the answer holds nothing, `spent`: little of the budget is left. */
const heardOver = async (...answers: (typeof beat | SpotError | null | 'spent')[]) => {
  let now: (typeof answers)[number] = null
  let asked = 0
  const getHeartbeat = async () => {
    asked += 1
    if (now instanceof SpotError) throw now
    return now ?? { data: null, fetchedAtMs: nowMs }
  }
  const read = createRunHeartbeat({ getHeartbeat, pace: () => (now === 'spent' ? 8 : 1) } as never, 'o-1')
  const told: HeartbeatFacts[] = []
  for (now of answers) for (const change of await read(told.at(-1), new AbortController().signal)) if (change.kind === 'heartbeat') told.push(change.body)
  return { told: told.map(({ state }) => state), last: told.at(-1), asked }
}

test.each([
  ['that fails', fails('server')],
  ['that is no longer offered', fails('not-found')],
  ['without an answer', null],
  ['that the budget does not allow', 'spent'],
] as const)('a call %s three times in a row leaves the controller not known, with when it was last heard of, and known again by an answer', async (_, miss) => {
  expect((await heardOver(beat, miss, miss)).told).toEqual(['reporting'])
  expect(await heardOver(beat, miss, miss, miss, miss)).toMatchObject({ told: ['reporting', 'unknown'], last: { status: null, lastHeartbeatMs: nowMs - 10_000 } })
  expect((await heardOver(beat, miss, miss, beat, miss, miss)).told, 'in a row').toEqual(['reporting'])
  expect((await heardOver(beat, miss, miss, miss, beat)).told).toEqual(['reporting', 'unknown', 'reporting'])
})

test('a call that Spot has never offered tells nothing and is not asked again', async () => {
  expect(await heardOver(fails('not-found'), beat, beat)).toMatchObject({ told: [], asked: 1 })
})
