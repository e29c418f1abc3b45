import { describe, expect, it } from 'vitest'
import { createBudget } from '@/lib/spot/budget'
import { SpotError } from '@/lib/spot/errors'
import { createManualClock } from './support'

const limits = (limit: number, remaining: number, reset: number) => ({
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(reset),
})

const refusal = (act: () => void): SpotError | null => {
  try {
    act()
    return null
  } catch (error) {
    if (error instanceof SpotError) return error
    throw error
  }
}

const start = () => {
  const clock = createManualClock()
  return { clock, budget: createBudget(clock) }
}

describe('createBudget', () => {
  it('lets nothing through inside a block, says how long it lasts, and opens when it is over', () => {
    const { clock, budget } = start()
    expect(budget.note('org', 'listNodes', 429, { 'x-ratelimit-reset': '30' })).toBe(30_000)
    clock.advance(29_999)
    expect(refusal(() => budget.spend('org', 'listNodes'))).toMatchObject({ kind: 'rate-limited', wasSent: 'no', retryAfterMs: 1 })
    clock.advance(1)
    expect(refusal(() => budget.spend('org', 'listNodes'))).toBeNull()
  })

  it('blocks one organization, route and method only', () => {
    const { budget } = start()
    budget.note('org', 'listMigrations', 429, {})
    expect(refusal(() => budget.spend('other', 'listMigrations'))).toBeNull()
    expect(refusal(() => budget.spend('org', 'getMigration'))).toBeNull()
    expect(refusal(() => budget.spend('org', 'createMigration'))).toBeNull()
  })

  it('keeps its block when the wall clock jumps', () => {
    const { clock, budget } = start()
    budget.note('org', 'listNodes', 429, { 'retry-after': '30' })
    clock.jumpWall(3_600_000)
    expect(refusal(() => budget.spend('org', 'listNodes'))?.retryAfterMs).toBe(30_000)
  })

  it('is not shortened by an older answer that arrives late', () => {
    const { budget } = start()
    budget.note('org', 'listNodes', 429, { 'retry-after': '30' })
    budget.note('org', 'listNodes', 200, limits(60, 12, 5))
    expect(refusal(() => budget.spend('org', 'listNodes'))?.retryAfterMs).toBe(30_000)
  })

  it('does not send what would be refused: the last request is spent once, also before its answer is in', () => {
    const { clock, budget } = start()
    budget.note('org', 'listNodes', 200, limits(60, 1, 20))
    expect(refusal(() => budget.spend('org', 'listNodes'))).toBeNull()
    expect(refusal(() => budget.spend('org', 'listNodes'))?.retryAfterMs).toBe(20_000)
    clock.advance(20_000)
    expect(refusal(() => budget.spend('org', 'listNodes'))).toBeNull()
  })

  it('takes no word from answers to a refused token, which anyone can provoke', () => {
    const { budget } = start()
    budget.note('org', 'listNodes', 401, limits(60, 0, 60))
    expect(refusal(() => budget.spend('org', 'listNodes'))).toBeNull()
  })

  it.each([
    [60, 1],
    [30, 1],
    [15, 2],
    [6, 5],
    [1, 8],
    [0, 8],
  ])('with %i of 60 left stretches a poll by %i', (remaining, factor) => {
    const { budget } = start()
    budget.note('org', 'getMigration', 200, limits(60, remaining, 30))
    expect(budget.pace('org', 'getMigration')).toBeCloseTo(factor)
  })

  it('shows the route closest to its limit first, and a full budget again after the reset', () => {
    const { clock, budget } = start()
    expect(budget.snapshot('org').busiest).toBeNull()
    budget.note('org', 'listNodes', 200, limits(60, 50, 30))
    budget.note('org', 'getMigration', 200, limits(60, 4, 30))
    const resetsAtMs = clock.wallMs() + 30_000
    expect(budget.snapshot('org').busiest).toMatchObject({ route: 'getMigration', remaining: 4, limit: 60, resetsAtMs, blockedUntilMs: null })
    budget.note('org', 'listNodes', 429, { 'retry-after': '10' })
    expect(budget.snapshot('org').busiest).toMatchObject({ route: 'listNodes', blockedUntilMs: clock.wallMs() + 10_000 })
    clock.advance(30_000)
    expect(budget.snapshot('org').routes.map(({ remaining }) => remaining)).toEqual([60, 60])
  })
})
