import { describe, expect, test } from 'vitest'
import { nodeStatuses } from '@/lib/domain/run-rules'
import { rehearseOnce, type RehearsedRun } from '@/lib/rehearsal/run-once'
import { toTwinSpec } from '@/lib/rehearsal/spec'
import { factsWith, rehearsalNode, rehearsalPlan, rehearsalPods, rehearsalWorkload, rehearsed, webGroup } from '@/tests/factories/rehearsal'

const statusesOf = ({ outcomes }: RehearsedRun) => outcomes.map((place) => nodeStatuses[place])

/** Two pods of one workload, one on each node, under a budget. */
const guarded = (minAvailable: number) =>
  factsWith({
    kubernetes: rehearsalPods([rehearsalWorkload('web', { budgets: [0] })], [[0, 0, 0, -1], [0, 1, 0, -1]], {
      budgets: [{ namespace: 'shop', name: 'web-pdb', minAvailable, maxUnavailable: null, expectedPods: 2 }],
    }),
  })

describe('one rehearsal', () => {
  test('moves what can move; every change is there, in order, and ends as the outcome says', () => {
    const run = rehearsed(guarded(1))
    expect(run.status).toBe('COMPLETED')
    expect(statusesOf(run)).toEqual(['REPLACED', 'REPLACED'])
    expect(run.batches).toBe(2)
    expect(run.batchStarts).toHaveLength(2)
    expect(run.reasons).toEqual([])
    expect(run.changes.map(([tMs]) => tMs)).toEqual(run.changes.map(([tMs]) => tMs).toSorted((a, b) => a - b))
    for (const [index, place] of run.outcomes.entries()) expect(run.changes.findLast(([, node]) => node === index)?.[2]).toBe(place)
    expect(run.changes.every(([tMs]) => tMs >= 0 && tMs <= run.durationMs)).toBe(true)
    expect(run.levels.at(-1)?.[2]).toBeGreaterThan(0)
  })

  test('is the same for the same seed, and another for another', () => {
    expect(rehearsed(guarded(1), {}, 5)).toEqual(rehearsed(guarded(1), {}, 5))
    expect(rehearsed(guarded(1), {}, 5).durationMs).not.toBe(rehearsed(guarded(1), {}, 6).durationMs)
  })

  test('names the budget that holds a node', () => {
    const run = rehearsed(guarded(2))
    expect(statusesOf(run)).toEqual(['NOT_REPLACED_DUE_TO_PDB', 'NOT_REPLACED_DUE_TO_PDB'])
    expect(run.reasons).toEqual([
      [0, 'Pod Disruption Budget web-pdb allowed no disruption before the draining timeout.'],
      [1, 'Pod Disruption Budget web-pdb allowed no disruption before the draining timeout.'],
    ])
  })

  test('names the group that cannot grow, and counts what it lacks', () => {
    const run = rehearsed(factsWith({ ...guarded(1), groups: [{ ...webGroup, maxCount: 0 }] }))
    expect(statusesOf(run)).toEqual(['COULD_NOT_BE_REPLACED', 'DID_NOT_REPLACE'])
    expect(run.status).toBe('FAILED')
    expect(run.cause).toMatch(/inability to spin up enough new nodes/)
    const sentence = 'Virtual node group web cannot grow: its maximum of nodes or the cluster\'s resource limit is reached.'
    expect(run.missing).toEqual([{ sentence, nodes: 1 }])
    expect(run.reasons).toContainEqual([0, sentence])
  })

  test('a pod that no size of the group is large enough for stays without a node', () => {
    const large = factsWith({ kubernetes: rehearsalPods([rehearsalWorkload('web', { requests: { milliCpu: 3000, memoryMiB: 256, gpu: 0 } })], [[0, 0, 0, -1], [0, 1, 0, -1]]) })
    expect(statusesOf(rehearsed(large))).toEqual(['REPLACED', 'REPLACED'])
    const run = rehearsed({ ...large, groups: [{ ...webGroup, vmSizes: ['standard_d2s_v5'] }] })
    expect(run.status).toBe('FAILED')
    expect(run.stranded).toMatchObject([{ workload: 'shop/web', pods: 1, wasPending: false }])
    expect(run.reasons).toContainEqual([0, 'No virtual node group can take a pod of shop/web.'])
  })

  test('the cluster’s own limit counts as well', () => {
    const facts = guarded(1)
    const run = rehearsed({ ...facts, cluster: { ...facts.cluster, maxVCpu: 1 } })
    expect(run.missing[0]?.nodes).toBe(1)
  })

  test('a group whose filters no size passes brings no new node, and one of which that is not known does', () => {
    const gapped = (sizeGap: 'none-passes' | 'none-known') => rehearsed({ ...guarded(1), groups: [{ ...webGroup, sizeGap }] })
    expect(gapped('none-passes')).toMatchObject({ status: 'FAILED', missing: [{ sentence: expect.stringContaining('No capacity for virtual node group web') }] })
    expect(gapped('none-known').missing).toEqual([])
  })

  test('names the workload whose pods no group takes, and counts the pods that stay without a node', () => {
    const facts = factsWith({
      nodes: [rehearsalNode('node-a')],
      kubernetes: rehearsalPods([rehearsalWorkload('pinned', { nodeSelector: { agentpool: 'npweb' } }), rehearsalWorkload('lost', { nodeSelector: { tier: 'none' } })], [[0, 0, 0, -1], [1, -1, 0, -1]]),
      carriers: [{ labels: { tier: 'web', agentpool: 'npweb' }, taints: [] }],
    })
    const run = rehearsed(facts, { batchSizePercentage: 100 })
    expect(run.status).toBe('FAILED')
    expect(run.reasons).toEqual([[0, 'No virtual node group can take a pod of shop/pinned.']])
    expect(run.stranded.map(({ workload, pods, wasPending }) => [workload, pods, wasPending])).toEqual([
      ['shop/lost', 1, true],
      ['shop/pinned', 1, false],
    ])
  })

  test('a pod whose volume is a disk of its node finds no other', () => {
    const facts = factsWith({ nodes: [rehearsalNode('node-a')], kubernetes: rehearsalPods([rehearsalWorkload('tied', { kind: 'StatefulSet' })], [[0, 0, 2, -1]]) })
    expect(rehearsed(facts, { batchSizePercentage: 100 }).stranded).toMatchObject([{ workload: 'shop/tied', pods: 1, wasPending: false }])
  })

  test('a pod that only a size beyond the twin’s own table holds is moved onto one of it', () => {
    const large = rehearsalWorkload('large', { requests: { milliCpu: 25_000, memoryMiB: 60_000, gpu: 0 } })
    const facts = factsWith({
      groups: [{ ...webGroup, vmSizes: ['standard_d4s_v5', 'standard_d32s_v5'] }],
      nodes: [rehearsalNode('node-a', { vmSize: 'Standard_D32s_v3', allocatable: null })],
      kubernetes: rehearsalPods([large], [[0, 0, 0, -1]]),
    })
    const run = rehearsed(facts, { batchSizePercentage: 100 })
    expect([statusesOf(run), run.stranded]).toEqual([['REPLACED'], []])
  })

  test('without Kubernetes nothing holds a node', () => {
    const run = rehearsed(factsWith())
    expect(statusesOf(run)).toEqual(['REPLACED', 'REPLACED'])
  })

  test('seeds take the open readings in turn', () => {
    const spec = toTwinSpec(guarded(1))
    const plan = { ...rehearsalPlan(['node-a', 'node-b']), readings: ['M2' as const, 'M3' as const] }
    expect([2, 3, 4].map((seed) => (rehearseOnce(spec, plan, seed) as RehearsedRun).reading)).toEqual(['M2', 'M3', 'M2'])
  })

  test('unequal parts begin with the larger or with the smaller, as the reading says', () => {
    const names = ['node-a', 'node-b', 'node-c']
    const spec = toTwinSpec(factsWith({ nodes: names.map((name) => rehearsalNode(name)) }))
    const firstBatch = (reading: 'M2' | 'M2-floor') => {
      const plan = { ...rehearsalPlan(names, { batchSizePercentage: 50 }), readings: [reading] }
      const { changes, batchStarts } = rehearseOnce(spec, plan, 1) as RehearsedRun
      return changes.filter(([atMs, , place]) => nodeStatuses[place] === 'IN_PROGRESS' && atMs < (batchStarts[1] ?? 0)).length
    }
    expect([firstBatch('M2'), firstBatch('M2-floor')]).toEqual([2, 1])
  })

  test('tells how far it is', () => {
    const shares: number[] = []
    rehearseOnce(toTwinSpec(guarded(1)), rehearsalPlan(['node-a', 'node-b']), 1, (share) => shares.push(share))
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
  })

  test('says what Create Migration would refuse', () => {
    expect(rehearseOnce(toTwinSpec(guarded(1)), rehearsalPlan(['gone']), 1)).toEqual({ refusal: 'Nodes do not exist in the cluster: gone' })
  })
})
