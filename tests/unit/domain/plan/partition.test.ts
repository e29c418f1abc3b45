import { expect, test } from 'vitest'
import { partitionSelection, podsOn, type PlanNode } from '@/lib/domain/plan/partition'

const node = (nodeName: string, overrides: Partial<PlanNode> = {}): PlanNode => ({
  nodeName,
  poolName: 'npweb',
  runningPods: 3,
  readiness: 'ready',
  findings: [],
  ...overrides,
})

const blocker = { id: 'no-vng-match', severity: 'blocker', sentence: 'No group matches.', remedy: 'Create one.' } as const
const hold = { id: 'held-by-person', severity: 'note', sentence: 'Held on purpose: “kernel upgrade”.', remedy: 'Release it.' } as const
const note = { id: 'controller-unknown', severity: 'note', sentence: 'Not read.', remedy: 'Wait.' } as const

test('every selected name stands in exactly one list', () => {
  const nodes = [node('a'), node('b', { readiness: 'unable', findings: [note, blocker] }), node('c', { readiness: 'needs-validation' }), node('d', { readiness: 'held', findings: [note] })]
  const partition = partitionSelection(['a', 'b', 'c', 'd', 'e', 'f', 'a'], new Map(nodes.map((item) => [item.nodeName, item])), new Set(['f', 'elsewhere']))
  expect(partition.willMove.map(({ nodeName }) => nodeName)).toEqual(['a', 'c'])
  expect(partition.cannot).toEqual([{ node: nodes[1], reason: 'No group matches.' }])
  expect(partition.held).toEqual([{ node: nodes[3], reason: 'Not read.' }])
  expect(partition.gone).toEqual(['e'])
  expect(partition.managed).toEqual(['f'])
})

test('a held node is left out for the hold, whatever else stands in its way', () => {
  const held = node('a', { readiness: 'held', findings: [blocker, hold, note] })
  expect(partitionSelection(['a'], new Map([['a', held]])).held).toEqual([{ node: held, reason: 'Held on purpose: “kernel upgrade”.' }])
})

test('pods that were not counted are said to be unknown, not zero', () => {
  expect(podsOn([node('a'), node('b', { runningPods: null })])).toEqual({ pods: 3, unknownNodes: 1 })
})
