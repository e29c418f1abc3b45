import { describe, expect, it } from 'vitest'
import { readLimit } from '@/lib/spot/limit-headers'

const nowMs = Date.parse('2026-03-01T12:00:00Z')
const http = (offsetSeconds: number) => new Date(nowMs + offsetSeconds * 1000).toUTCString()

describe('how long a 429 blocks', () => {
  it.each([
    ['reset only', { 'x-ratelimit-reset': '30' }, 30_000],
    ['retry-after only', { 'retry-after': '7' }, 7_000],
    ['the longer of both', { 'x-ratelimit-reset': '30', 'retry-after': '45' }, 45_000],
    ['a date', { 'retry-after': http(90) }, 90_000],
    ['a date in the past', { 'retry-after': http(-90) }, 1_000],
    ['a billion seconds', { 'retry-after': '1000000000' }, 900_000],
    ['zero', { 'retry-after': '0', 'x-ratelimit-reset': '0' }, 1_000],
    ['garbage', { 'retry-after': 'soon', 'x-ratelimit-reset': 'NaN' }, 60_000],
    ['negative', { 'retry-after': '-5' }, 60_000],
    ['nothing said', {}, 60_000],
    ['garbage beside a reset', { 'retry-after': '\u0000', 'x-ratelimit-reset': '5' }, 5_000],
    ['a doubled header', { 'retry-after': ['3', '400'] }, 3_000],
  ])('%s', (_, headers, expected) => {
    expect(readLimit(429, headers, nowMs).blockMs).toBe(expected)
  })

  it('measures a date against the clock of the sender, so that a skewed clock here does no harm', () => {
    const hourBehind = nowMs - 3_600_000
    expect(readLimit(429, { 'retry-after': http(20), date: http(0) }, hourBehind).blockMs).toBe(20_000)
  })

  it('does not block on any other status', () => {
    expect(readLimit(200, { 'retry-after': '30', 'x-ratelimit-remaining': '0' }, nowMs).blockMs).toBeNull()
  })
})
