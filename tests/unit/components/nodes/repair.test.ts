import { describe, expect, it } from 'vitest'
import type { IndexedNode } from '@/components/nodes/node-index'
import { scopesToOffer, startScope, type ScopedNodes } from '@/components/nodes/repair/scope'
import { coverText, planSentence } from '@/components/nodes/repair/words'
import { workOutRepair } from '@/components/nodes/repair/work-out'
import type { NodeMatch } from '@/lib/domain/matching/match'
import { findingOf } from '@/lib/domain/readiness/rules'
import { node } from '@/lib/spot/schemas/node'
import { vng } from '@/lib/spot/schemas/vng'

const row = (nodeName: string, kind: 'none' | 'default' = 'none', poolName = 'npgpu'): IndexedNode => ({
  nodeName, poolName, runningPods: 1, match: { kind } as NodeMatch, readiness: 'unable', findings: [], vmSize: null, zone: null, spec: null, matchKey: kind, reasons: [],
  isSpotOnly: true, haystack: '',
})
const gpu = (nodeName: string, labels: Record<string, string> = { gpu: 'nvidia' }) => node.parse({ nodeName, nodePoolName: 'npgpu', labels, taints: ['sku=gpu:NO_SCHEDULE'] })
const groups = { vngs: [vng.parse({ id: 'vng-1', name: 'web', labels: { tier: 'web' } })], template: null, fetchedAtMs: 1 }

describe('the nodes that are repaired', () => {
  const [a, b, moved] = [row('a'), row('b'), row('c', 'default')]
  const scopes = (chosen: IndexedNode[], listed: IndexedNode[]): ScopedNodes => ({ chosen, listed, cluster: [a, b, moved] })
  it('are the narrowest set that has any: chosen, listed, all', () => {
    expect(startScope(scopes([a], [a, b]))).toBe('chosen')
    expect(startScope(scopes([moved], [b]))).toBe('listed')
    expect(startScope(scopes([], [moved]))).toBe('cluster')
    const unsaid: IndexedNode = { ...row('d', 'default'), match: { kind: 'not-said' }, reasons: [findingOf('probably-no-match', 'tier=web')] }
    expect(startScope(scopes([unsaid], [a, b])), 'by Slipway’s own reading').toBe('chosen')
  })
  it('may be widened to every scope that differs', () => {
    expect(scopesToOffer(scopes([a], [a, b, moved]), 'chosen')).toEqual([{ scope: 'chosen', count: 1 }, { scope: 'cluster', count: 2 }])
    expect(scopesToOffer(scopes([], []), 'cluster')).toEqual([{ scope: 'cluster', count: 2 }])
    expect(scopesToOffer(scopes([], []), 'listed').map(({ scope }) => scope)).toEqual(['listed', 'cluster'])
  })
})

describe('the outcome of a repair', () => {
  it('accounts for every node: covered, beyond any group, disputed or not listed', () => {
    const nodes = [gpu('a'), gpu('system', { 'kubernetes.azure.com/mode': 'system' }), gpu('b', { gpu: 'amd' }), node.parse({ nodeName: 'web', nodePoolName: 'npweb', labels: { tier: 'web' } })]
    const { plan, disputed, unlisted } = workOutRepair(['a', 'b', 'system', 'web', 'gone'].map((name) => row(name)), { groups, nodes })
    expect(plan.repairs.map(({ covered }) => covered.flatMap(({ nodeNames }) => nodeNames))).toEqual([['a'], ['b']])
    expect(plan.unrepairable).toEqual([{ reason: 'system-pool', nodeNames: ['system'] }])
    expect({ disputed, unlisted }).toEqual({ disputed: ['web'], unlisted: ['gone'] })
    expect(planSentence(plan)).toBe('2 new groups give 2 nodes a match. No smaller set does: nodes with other taints, another system or architecture, and nodes with GPUs are kept apart, because a group offers its sizes to all its pods.')
  })
  it('is told by pools', () => {
    expect(coverText(['a', 'b', 'c'], new Map([['a', 'npgpu'], ['b', 'npml'], ['c', 'npgpu']]))).toBe('2 nodes of npgpu and 1 of npml')
  })
})
