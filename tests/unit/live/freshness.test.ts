import { expect, test } from 'vitest'
import type { RunRow } from '@/lib/db/queries/runs'
import { freshnessOfRow, unreadAfterMs } from '@/lib/live/freshness'

const nowMs = Date.parse('2026-01-01T10:00:00Z')
const pollIntervalMs = 3_000
const row = (given: object) => ({ isHeld: true, isKept: true, sealedToken: 'x', endedAt: null, createdAt: new Date(0), lastPolledAt: null, ...given }) as RunRow
const at = (ageMs: number) => ({ lastPolledAt: new Date(nowMs - ageMs) })
const shown = (given: object) => freshnessOfRow(row(given), { nowMs, pollIntervalMs })

test('a run that another server holds is live as long as the pause between its readings can be, with one that failed', () => {
  const longest = 60_000
  expect(unreadAfterMs(pollIntervalMs)).toBeGreaterThan(2 * longest)
  expect(shown(at(unreadAfterMs(pollIntervalMs)))).toMatchObject({ state: 'live', problem: null })
  expect(unreadAfterMs(10 * longest), 'as slow as it was set').toBeGreaterThan(20 * longest)
})

test('beyond that it waits, and the page says why', () => {
  expect(shown(at(unreadAfterMs(pollIntervalMs) + 1))).toMatchObject({ state: 'waiting', lastPolledAtMs: nowMs - unreadAfterMs(pollIntervalMs) - 1, problem: { detail: expect.stringContaining('has not read it') } })
  expect(shown({}).state, 'and so does one that was never read').toBe('waiting')
  expect(shown({ createdAt: new Date(nowMs - 1_000) }).state).toBe('live')
})

test('what has ended, or is held by nobody, is not judged by its age', () => {
  expect(shown({ endedAt: new Date(0) })).toMatchObject({ state: 'ended', problem: null })
  expect(shown({ isHeld: false })).toMatchObject({ state: 'waiting', problem: null })
})

test('a run without a copy of a sign-in says so, and not that Spot refused one: its row does not know', () => {
  const gone = { isHeld: false, sealedToken: null }
  expect(shown(gone)).toMatchObject({ state: 'unwatched', problem: { code: 'copy_missing', detail: expect.stringContaining('No usable copy of a sign-in') } })
  expect(shown({ ...gone, isKept: false })).toMatchObject({ state: 'unwatched', problem: { code: 'recording_refused' } })
})
