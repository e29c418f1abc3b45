import { describe, expect, it } from 'vitest'
import { SpotError, type SpotErrorKind, type SpotErrorOptions } from '@/lib/spot/errors'
import { createRetrier, defaultRetrySettings } from '@/lib/spot/retry'
import { createManualClock } from './support'

const failing = (kind: SpotErrorKind, options: Partial<SpotErrorOptions> = {}) => {
  let attempts = 0
  return {
    attempts: () => attempts,
    run: () => {
      attempts += 1
      return Promise.reject(new SpotError(kind, { wasSent: 'yes', ...options }))
    },
  }
}

const start = (random = 1) => {
  const clock = createManualClock()
  return { clock, retrier: createRetrier(clock, () => random, defaultRetrySettings) }
}

describe('createRetrier', () => {
  it('tries a passing fault three times with doubling waits and full jitter', async () => {
    const { clock, retrier } = start(0.5)
    const call = failing('server', { status: 500 })
    await expect(retrier.run(call.run, 30_000, undefined)).rejects.toMatchObject({ kind: 'server' })
    expect(call.attempts()).toBe(3)
    expect(clock.delays).toEqual([250, 500])
  })

  it.each<[SpotErrorKind, Partial<SpotErrorOptions>]>([
    ['rate-limited', {}], ['unauthorized', {}], ['forbidden', {}], ['invalid', {}], ['not-found', {}], ['redirect', {}],
    ['drift', {}], ['not-json', {}], ['too-large', {}], ['cancelled', {}], ['timeout', { phase: 'total' }], ['server', { status: 501 }],
  ])('never repeats %s %o', async (kind, options) => {
    const call = failing(kind, options)
    await expect(start().retrier.run(call.run, 30_000, undefined)).rejects.toMatchObject({ kind })
    expect(call.attempts()).toBe(1)
  })

  it('gives up rather than wait past the deadline, and hands each attempt the time that is left', async () => {
    const { retrier } = start()
    const left: number[] = []
    const run = (leftMs: number) => {
      left.push(leftMs)
      return Promise.reject(new SpotError('network', { wasSent: 'maybe' }))
    }
    await expect(retrier.run(run, 1_200, undefined)).rejects.toMatchObject({ kind: 'network' })
    expect(left).toEqual([1_200, 700])
  })

  it('waits as long as a 503 asks for', async () => {
    const { clock, retrier } = start(0)
    await expect(retrier.run(failing('server', { status: 503, retryAfterMs: 4_000 }).run, 30_000, undefined)).rejects.toBeInstanceOf(SpotError)
    expect(clock.delays).toEqual([4_000, 4_000])
  })

  it('stops repeating while everything fails, and starts again as calls succeed', async () => {
    const { retrier } = start()
    const call = failing('server', { status: 500 })
    for (let n = 0; n < 200; n += 1) await retrier.run(call.run, 30_000, undefined).catch(() => undefined)
    expect(call.attempts()).toBe(200 + 500 / 5)
    for (let n = 0; n < 5; n += 1) await retrier.run(() => Promise.resolve('ok'), 30_000, undefined)
    const after = failing('server', { status: 500 })
    await retrier.run(after.run, 30_000, undefined).catch(() => undefined)
    expect(after.attempts()).toBe(2)
  })

  it('ends a wait when the caller leaves', async () => {
    const { retrier } = start()
    const left = AbortSignal.abort()
    await expect(retrier.run(failing('server', { status: 500 }).run, 30_000, left)).rejects.toMatchObject({ kind: 'cancelled' })
  })
})
