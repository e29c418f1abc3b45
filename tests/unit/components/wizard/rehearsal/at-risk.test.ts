import { expect, test } from 'vitest'
import { atRiskOf, groupAtRisk, inHowMany } from '@/components/wizard/rehearsal/at-risk'
import type { NodeForecast } from '@/lib/rehearsal/summary'

const forecast = (nodeName: string, status: NodeForecast['status'], runs: number, reason?: string): NodeForecast => ({ nodeName, status, runs, reasons: reason === undefined ? [] : [{ reason, runs: 1 }] })

const nodes = [
  forecast('always', 'REPLACED', 15),
  forecast('mostly', 'REPLACED', 11, 'Budget a.'),
  forecast('skipped-1', 'NOT_REPLACED_DUE_TO_PDB', 15, 'Budget a.'),
  forecast('skipped-2', 'NOT_REPLACED_DUE_TO_PDB', 9, 'Budget a.'),
  forecast('failed', 'COULD_NOT_BE_REPLACED', 8),
]

test('a node is at risk when some rehearsal leaves it; what fails comes first', () => {
  expect(atRiskOf({ nodes, runs: 15 }).map(({ nodeName, stays }) => [nodeName, stays])).toEqual([
    ['failed', 8],
    ['skipped-1', 15],
    ['skipped-2', 9],
    ['mostly', 4],
  ])
})

test('nodes with one outcome and reason are one line that says in how many rehearsals', () => {
  const groups = groupAtRisk(atRiskOf({ nodes, runs: 15 }))
  expect(groups.map(({ outcome, nodes: members, reason }) => [outcome, members.map(({ nodeName }) => nodeName), reason])).toEqual([
    ['failed', ['failed'], 'No reason is named.'],
    ['skipped', ['skipped-1', 'skipped-2'], 'Budget a.'],
    ['moved', ['mostly'], 'Budget a.'],
  ])
  expect(inHowMany(groups[1]!.least, groups[1]!.most, 15)).toBe('in 9 to 15 of 15 rehearsals')
})

test('nodes that budgets hold are one line, whichever budgets they are, and every budget is named once', () => {
  const held = (names: string) => `Pod Disruption Budget ${names} allowed no disruption before the draining timeout.`
  const rows = atRiskOf({ nodes: [forecast('one', 'NOT_REPLACED_DUE_TO_PDB', 3, held('a-pdb, b-pdb')), forecast('two', 'NOT_REPLACED_DUE_TO_PDB', 3, held('b-pdb, c-pdb'))], runs: 3 })
  expect(groupAtRisk(rows)).toMatchObject([{ reason: 'A Pod Disruption Budget allowed no disruption before the draining timeout.', budgets: ['a-pdb', 'b-pdb', 'c-pdb'], least: 3, most: 3 }])
  const same = atRiskOf({ nodes: [forecast('one', 'NOT_REPLACED_DUE_TO_PDB', 3, held('a-pdb'))], runs: 3 })
  expect(groupAtRisk(same)[0]?.reason).toBe(held('a-pdb'))
})
