import { describe, expect, it } from 'vitest'
import { makeQueryClient } from '@/lib/queries/client'
import { failedPollMs, launchPollMs, launchSlowPollMs, logFollowPaceOf, logFollowPollMs, logFollowSlowPollMs, pollBy, restPollMs } from '@/lib/queries/intervals'
import { isSettledLaunch, launchQuery } from '@/lib/queries/launch'
import { newestBy, newestWholeBy } from '@/lib/queries/newest'
import { ProblemError } from '@/lib/queries/problem-error'
import { nodeQuery } from '@/lib/queries/readiness'

const problem = (code: ProblemError['code']) => new ProblemError({ code, title: '', detail: '' })

describe('the pace of polling', () => {
  const poll = pollBy((data: { isMoving: boolean }) => (data.isMoving ? 1000 : false))

  it('follows the data and ends with it', () => {
    expect(poll({ state: { data: { isMoving: true }, error: null } })).toBe(1000)
    expect(poll({ state: { data: { isMoving: false }, error: null } })).toBe(false)
    expect(poll({ state: { data: undefined, error: null } })).toBe(restPollMs)
  })

  it('never asks a failing server at the fast pace', () => {
    expect(poll({ state: { data: { isMoving: true }, error: problem('offline') } })).toBe(failedPollMs)
  })

  it('reads a node whose details stay open again as often as the list beside it', () => {
    const interval = nodeQuery('o-1', 'a').refetchInterval
    if (typeof interval !== 'function') throw new Error('no function')
    expect(Reflect.apply(interval, null, [{ state: { data: {}, error: null } }])).toBe(restPollMs)
    expect(Reflect.apply(interval, null, [{ state: { data: {}, error: problem('offline') } }])).toBe(failedPollMs)
  })

  it('slows down for a launch that stays unknown and stops when it is settled', () => {
    const interval = launchQuery('o-1', 'l-1', () => 100_000).refetchInterval
    if (typeof interval !== 'function') throw new Error('no function')
    const at = (state: string, createdAtMs: number) => Reflect.apply(interval, null, [{ state: { data: { state, createdAtMs }, error: null } }])
    expect(at('sent', 99_000)).toBe(launchPollMs)
    expect(at('unknown', 1_000)).toBe(launchSlowPollMs)
    expect(at('acked', 99_000)).toBe(false)
    expect(isSettledLaunch({ state: 'not_found' })).toBe(true)
  })
})

describe('news', () => {
  it('that is older never replaces newer', () => {
    const shown = { fetchedAtMs: 20, nodes: 5 }
    expect(newestBy('fetchedAtMs')(shown, { fetchedAtMs: 10, nodes: 9 })).toBe(shown)
    expect(newestWholeBy('seq')({ seq: 4 }, { seq: 3 })).toEqual({ seq: 4 })
    expect(newestBy('fetchedAtMs')(shown, { fetchedAtMs: 30, nodes: 9 })).toEqual({ fetchedAtMs: 30, nodes: 9 })
  })

  it('keeps the identity of what did not change', () => {
    const shown = { fetchedAtMs: 20, rows: [{ id: 1 }] }
    expect(newestBy('fetchedAtMs')(shown, { fetchedAtMs: 30, rows: [{ id: 1 }] })).toMatchObject({ rows: shown.rows })
  })
})

describe('the pace of following the log', () => {
  it.each([
    [null, logFollowPollMs],
    [{ limit: 100, remaining: 90, blockedUntilMs: null }, logFollowPollMs],
    [{ limit: 100, remaining: 49, blockedUntilMs: null }, logFollowSlowPollMs],
    [{ limit: 100, remaining: 9, blockedUntilMs: null }, restPollMs],
    [{ limit: 100, remaining: 90, blockedUntilMs: 1 }, restPollMs],
  ])('slows down as the budget %o shrinks', (busiest, paceMs) => {
    expect(logFollowPaceOf(busiest)).toBe(paceMs)
  })
})

describe('the query client', () => {
  it.each(['not_signed_in', 'token_rejected'] as const)('hears of a session that is over: %s', async (code) => {
    let heard = 0
    const client = makeQueryClient(() => (heard += 1))
    await client.fetchQuery({ queryKey: ['x'], queryFn: async () => Promise.reject(problem(code)) }).catch(() => null)
    expect(heard).toBe(1)
  })

  it('does not send anyone away for another error', async () => {
    let heard = 0
    const client = makeQueryClient(() => (heard += 1))
    await client.fetchQuery({ queryKey: ['x'], queryFn: async () => Promise.reject(problem('not_found')) }).catch(() => null)
    expect(heard).toBe(0)
  })
})
