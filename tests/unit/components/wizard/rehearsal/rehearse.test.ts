import { expect, test } from 'vitest'
import type { RehearsalMessage, RehearsalOrder } from '@/components/wizard/rehearsal/messages'
import { rehearse } from '@/components/wizard/rehearsal/rehearse'
import { factsWith, rehearsalPlan } from '@/tests/factories/rehearsal'

const toldFor = (order: RehearsalOrder): RehearsalMessage[] => {
  const told: RehearsalMessage[] = []
  rehearse(order, (message) => told.push(message))
  return told
}

const facts = factsWith()
const plan = rehearsalPlan(['node-a', 'node-b'])

test('each seed is told when it is done, with its progress before it, and the seeds one after the other', () => {
  const told = toldFor({ facts, plan, seeds: [3, 5] })
  const seedOf = (message: RehearsalMessage) => (message.kind === 'progress' ? message.seed : message.kind === 'result' ? message.run.seed : null)
  const seeds = told.map(seedOf)
  expect(seeds).toEqual(seeds.toSorted((a, b) => Number(a) - Number(b)))
  expect(told.filter(({ kind }) => kind === 'result').map(seedOf)).toEqual([3, 5])
  const shares = told.flatMap((message) => (message.kind === 'progress' && message.seed === 3 ? [message.share] : []))
  expect(shares.length).toBeGreaterThan(0)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
})

test('a plan that Spot would refuse is told once, with the vendor’s words', () => {
  const told = toldFor({ facts, plan: rehearsalPlan(['node-that-has-gone']), seeds: [1, 2] })
  expect(told).toHaveLength(1)
  expect(told[0]).toMatchObject({ kind: 'refused', sentence: expect.stringContaining('node-that-has-gone') as string })
})

test('whatever breaks is told as a sentence', () => {
  const told = toldFor({ facts: { ...facts, groups: null as never }, plan, seeds: [1] })
  expect(told).toEqual([{ kind: 'failed', sentence: expect.stringMatching(/^The rehearsal broke off: ./) as string }])
})
