import { describe, expect, test } from 'vitest'
import { cronHit, windowHit } from '@/lib/domain/plan/schedule'

const at = (text: string) => Date.parse(`${text}Z`)
const span = (from: string, minutes: number) => ({ fromMs: at(from), toMs: at(from) + minutes * 60_000 })
const said = (hit: ReturnType<typeof cronHit>) => (hit.kind === 'at' ? new Date(hit.atMs).toISOString().slice(0, 16) : hit.kind)

/** 23 November 2026 is a Monday. */
describe('shutdown hours, weekly and in UTC', () => {
  test.each([
    ['inside a window', 'Sat:08:00-Sun:08:00', span('2026-11-28T09:00', 10), '2026-11-28T09:00'],
    ['at its first minute', 'Sat:08:00-Sun:08:00', span('2026-11-28T08:00', 10), '2026-11-28T08:00'],
    ['at its end it is over', 'Sat:08:00-Sun:08:00', span('2026-11-29T08:00', 60), 'clear'],
    ['it begins during the run', 'Mon:20:00-Tue:06:00', span('2026-11-23T18:30', 90), '2026-11-23T20:00'],
    ['it begins after the run', 'Mon:20:00-Tue:06:00', span('2026-11-23T18:30', 89), 'clear'],
    ['over the end of the week', 'Fri:15:30-Wed:14:30', span('2026-11-22T23:00', 5), '2026-11-22T23:00'],
    ['not in the documented form', 'every night', span('2026-11-23T18:30', 90), 'unreadable'],
    ['an hour that is none', 'Mon:25:00-Tue:06:00', span('2026-11-23T18:30', 90), 'unreadable'],
  ])('%s', (_, window, during, expected) => {
    expect(said(windowHit(window, during))).toBe(expected)
  })
})

describe('tasks by cron, in UTC', () => {
  const monday = span('2026-11-23T18:30', 120)
  test.each([
    ['daily within the span', '0 20 * * *', monday, '2026-11-23T20:00'],
    ['daily after it', '0 1 * * *', monday, 'clear'],
    ['over midnight', '0 1 * * *', span('2026-11-23T23:30', 120), '2026-11-24T01:00'],
    ['every quarter of an hour', '*/15 * * * *', monday, '2026-11-23T18:30'],
    ['from a minute on, by steps', '50/5 18 * * *', monday, '2026-11-23T18:50'],
    ['a weekday by name', '0 19 * * MON-WED', monday, '2026-11-23T19:00'],
    ['another weekday', '0 19 * * TUE', monday, 'clear'],
    ['Sunday as seven', '0 19 * * 7', span('2026-11-22T18:00', 120), '2026-11-22T19:00'],
    ['a day of the month or a weekday', '0 19 1 * MON', monday, '2026-11-23T19:00'],
    ['another month', '0 19 * JAN *', monday, 'clear'],
    ['a list', '5,10 19,23 * * *', monday, '2026-11-23T19:05'],
    ['six fields', '0 0 19 * * *', monday, 'unreadable'],
    ['a minute that is none', '61 19 * * *', monday, 'unreadable'],
    ['no cron at all', 'tomorrow', monday, 'unreadable'],
  ])('%s', (_, expression, during, expected) => {
    expect(said(cronHit(expression, during))).toBe(expected)
  })
})
