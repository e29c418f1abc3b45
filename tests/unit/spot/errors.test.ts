import { describe, expect, it } from 'vitest'
import { mayHaveTakenEffect, SpotError, toAppError, type SpotErrorKind, type SpotErrorOptions } from '@/lib/spot/errors'

const cases: [SpotErrorKind, SpotErrorOptions, string][] = [
  ['unauthorized', { wasSent: 'yes', status: 401 }, 'token_rejected'],
  ['forbidden', { wasSent: 'yes', status: 403 }, 'token_not_permitted'],
  ['invalid', { wasSent: 'yes', status: 400 }, 'upstream_rejected'],
  ['invalid', { wasSent: 'no' }, 'invalid_input'],
  ['not-found', { wasSent: 'yes', status: 404 }, 'not_found'],
  ['rate-limited', { wasSent: 'no', retryAfterMs: 12_001 }, 'upstream_rate_limited'],
  ['server', { wasSent: 'yes', status: 503 }, 'upstream_failed'],
  ['redirect', { wasSent: 'yes', status: 302 }, 'upstream_failed'],
  ['timeout', { wasSent: 'no', phase: 'connect' }, 'upstream_unavailable'],
  ['timeout', { wasSent: 'maybe', phase: 'headers' }, 'upstream_unavailable'],
  ['network', { wasSent: 'maybe', causeCode: 'ECONNRESET' }, 'upstream_unavailable'],
  ['too-large', { wasSent: 'yes' }, 'upstream_unreadable'],
  ['not-json', { wasSent: 'yes' }, 'upstream_unreadable'],
  ['truncated', { wasSent: 'yes' }, 'upstream_unreadable'],
  ['drift', { wasSent: 'yes', path: 'response.items[3].nodeName' }, 'upstream_unreadable'],
  ['cancelled', { wasSent: 'no' }, 'upstream_unavailable'],
]

describe('toAppError', () => {
  it.each(cases)('turns %s %o into %s with one sentence and the request id', (kind, options, code) => {
    const error = toAppError(new SpotError(kind, { ...options, requestId: 'req-1' }))
    expect(error.code).toBe(code)
    expect(error.upstreamRequestId).toBe('req-1')
    expect(error.detail).toMatch(/^[A-Z][^!]+\.$/)
  })

  it('names the field that broke, the wait, and what the vendor said about fields', () => {
    expect(toAppError(new SpotError('drift', { wasSent: 'yes', path: 'response.items[3].nodeName' })).detail).toContain('items[3].nodeName')
    expect(toAppError(new SpotError('rate-limited', { wasSent: 'no', retryAfterMs: 12_001 }))).toMatchObject({
      retryAfterSeconds: 13,
      detail: expect.stringContaining('until the limit is over'),
    })
    const issues = [{ path: 'nodeNames', message: 'unknown node' }]
    expect(toAppError(new SpotError('invalid', { wasSent: 'yes', status: 400, issues })).issues).toEqual(issues)
  })
})

describe('mayHaveTakenEffect', () => {
  it.each([
    [new SpotError('timeout', { wasSent: 'maybe', phase: 'headers' }), true],
    [new SpotError('network', { wasSent: 'maybe' }), true],
    [new SpotError('server', { wasSent: 'yes', status: 503 }), true],
    [new SpotError('drift', { wasSent: 'yes', status: 200 }), true],
    [new SpotError('truncated', { wasSent: 'yes', status: 200 }), true],
    [new SpotError('network', { wasSent: 'no', causeCode: 'ECONNREFUSED' }), false],
    [new SpotError('invalid', { wasSent: 'yes', status: 400 }), false],
    [new SpotError('rate-limited', { wasSent: 'yes', status: 429 }), false],
    [new SpotError('unauthorized', { wasSent: 'yes', status: 401 }), false],
  ])('is certain only where nothing was sent or the status refused it: %s', (error, expected) => {
    expect(mayHaveTakenEffect(error)).toBe(expected)
  })
})
