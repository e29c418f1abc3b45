import { expect, test } from 'vitest'
import { capacityOf } from '@/lib/domain/plan/capacity'
import { capacityFindings, overdraftFindings } from '@/lib/domain/plan/selection-findings'
import { landing, node, planFacts } from './build'

const four = ['a', 'b', 'c', 'd'].map((name) => node(name))
const tell = (maxCount: number | null, areNodesRead = true) =>
  capacityFindings(capacityOf(new Set(['a', 'b', 'c', 'd']), planFacts({ nodes: four, landings: [landing({ maxCount })], ...(areNodesRead ? {} : { limits: null }) }))).filter(({ id }) => id === 'vng-limit').map(({ sentence }) => sentence)

test('a group that would grow past its limit is a finding, with how few nodes would do', () => {
  expect(tell(6)).toEqual([])
  expect(tell(5)).toEqual(['Group limit, with one new node for each: web would have 6 of at most 5 nodes.'])
  expect(tell(3)).toEqual([expect.stringContaining('at the very least')])
})

test('what was not read or has no limit is no finding', () => {
  expect([tell(null), tell(3, false)]).toEqual([[], []])
})

test('the limits of the cluster are a finding of their own', () => {
  const limits = { maxVCpu: 10, maxMemoryGiB: null, vCpuNow: 8, memoryGiBNow: 30 }
  const found = capacityFindings(capacityOf(new Set(['a', 'b', 'c', 'd']), planFacts({ nodes: four, limits })))
  expect(found.map(({ id, sentence }) => [id, sentence])).toEqual([['cluster-limit', expect.stringContaining('of 10 vCPU')]])
})

test('a budget that a batch overdraws is a finding, with the batch and its nodes', () => {
  expect(overdraftFindings([{ batch: 2, budget: 'shop/web-pdb', allowed: 1, pods: 2, nodes: ['a', 'b'] }])).toMatchObject([
    { id: 'pdb-overdrawn', sentence: 'PDB shop/web-pdb allows 1 disruption and has 2 pods on the nodes of one batch: batch 2 with a, b.' },
  ])
  expect(overdraftFindings([])).toEqual([])
})
