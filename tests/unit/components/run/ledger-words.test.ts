import { expect, test } from 'vitest'
import { unseenWords } from '@/components/run/ledger-words'
import { applyLanding, noLanding } from '@/lib/domain/progress/landing'
import type { LandingFacts } from '@/lib/domain/progress/landing-facts'

const look = (problem: string | null): LandingFacts => ({ batch: 1, isLast: false, problem, newNodes: [], goneNew: [], goneOld: [], backOld: [], targets: [], pods: { state: 'not-connected' } })

test('where the last look did not get the list of nodes, that is said, and that figures are from an earlier one', () => {
  const read = applyLanding(noLanding, look(null), 1)
  const missed = applyLanding(read, look('Spot did not answer.'), 2)
  expect(unseenWords(read)).toBeNull()
  expect(unseenWords(missed)).toBe('Nodes at the last look: unknown. Spot did not answer. New capacity, and which nodes have vanished, are as an earlier look found them.')
  expect(unseenWords(applyLanding(noLanding, look('Spot did not answer.'), 1))).toBe('Nodes at the last look: unknown. Spot did not answer.')
})
