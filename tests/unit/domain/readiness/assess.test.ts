import { describe, expect, it } from 'vitest'
import { assessNode, type NodeFactsForReadiness } from '@/lib/domain/readiness/assess'
import { findingIds } from '@/lib/domain/readiness/finding'
import { readinessOf } from '@/lib/domain/readiness/readiness'
import { findingRules } from '@/lib/domain/readiness/rules'

const fine: NodeFactsForReadiness = {
  match: { kind: 'vng', vngId: 'vng-1', vngName: 'web' },
  isMatchKnown: true,
  reported: { nodeStatus: 'TRUE', labels: { tier: 'web' }, taints: [] },
  heartbeat: 'reporting',
}

const assess = (change: Partial<NodeFactsForReadiness>) => {
  const findings = assessNode({ ...fine, ...change })
  return { ids: findings.map(({ id }) => id), readiness: readinessOf(findings), findings }
}

describe('readiness', () => {
  it('is ready only when nothing is missing', () => {
    expect(assess({})).toMatchObject({ ids: [], readiness: 'ready' })
    expect(assess({ match: { kind: 'default' } })).toMatchObject({ ids: [], readiness: 'ready' })
  })

  it.each([
    ['no match', { match: { kind: 'none' } }, 'no-vng-match', 'unable'],
    ['a match that was not said', { match: { kind: 'not-said' } }, 'match-not-said', 'needs-validation'],
    ['a group that the list does not show', { isMatchKnown: false }, 'vng-unknown', 'needs-validation'],
    ['a node that is not ready', { reported: { nodeStatus: 'FALSE', labels: {}, taints: [] } }, 'node-not-ready', 'unable'],
    ['a node of unknown state', { reported: { nodeStatus: 'UNKNOWN', labels: {}, taints: [] } }, 'node-not-reported', 'needs-validation'],
    ['a node that is not listed', { reported: null }, 'node-not-reported', 'needs-validation'],
    ['a node of a system pool', { reported: { nodeStatus: 'TRUE', labels: { 'kubernetes.azure.com/mode': 'system' }, taints: [] } }, 'system-pool', 'unable'],
    ['a controller that Spot does not call active', { heartbeat: 'inactive', heartbeatStatus: 'DEGRADED' }, 'controller-inactive', 'needs-validation'],
    ['a silent controller', { heartbeat: 'stale' }, 'controller-stale', 'needs-validation'],
  ] as const)('of %s is told by one finding', (_, change, id, readiness) => {
    expect(assess(change as Partial<NodeFactsForReadiness>)).toMatchObject({ ids: [id], readiness })
  })

  it('says that the heartbeat was not read, and holds no node back for it', () => {
    expect(assess({ heartbeat: 'unknown' })).toMatchObject({ ids: ['controller-unknown'], readiness: 'ready' })
  })

  it('tells Spot’s own word of a controller that reports and is not active', () => {
    expect(assess({ heartbeat: 'inactive', heartbeatStatus: 'DEGRADED' }).findings[0]?.sentence).toBe('Controller not active: Spot calls it “DEGRADED”, though it has reported lately.')
  })

  it('names the labels and taints that a virtual node group would need, without the system’s own', () => {
    const labels = { gpu: 'yes', agentpool: 'npgpu', 'kubernetes.azure.com/mode': 'user', 'topology.kubernetes.io/zone': '1' }
    const { findings } = assess({ match: { kind: 'none' }, reported: { nodeStatus: 'TRUE', labels, taints: ['gpu=true:NO_SCHEDULE'] } })
    expect(findings[0]?.sentence).toBe('No VNG carries gpu=yes, taint gpu=true:NO_SCHEDULE.')
  })

  it.each([
    [{ kind: 'vng', vngId: 'vng-1', vngName: 'web' }, 'match-not-said', 'Match not said: Spot does not tell which virtual node group the node matches; by Slipway’s own reading of its labels and taints it is web.'],
    [{ kind: 'default' }, 'match-not-said', 'Match not said: Spot does not tell which virtual node group the node matches; by Slipway’s own reading of its labels and taints it is Default.'],
    [{ kind: 'none' }, 'probably-no-match', 'Probably no match: Spot does not tell, and by Slipway’s own reading no VNG carries tier=web.'],
  ] as const)('goes by Slipway’s own reading where Spot does not say, %s, and needs validation', (ownMatch, id, sentence) => {
    const { findings, readiness } = assess({ match: { kind: 'not-said' }, ownMatch })
    expect(findings.map((finding) => [finding.id, finding.sentence])).toEqual([[id, sentence]])
    expect(readiness).toBe('needs-validation')
  })

  it('lets a blocker decide over everything that is merely open', () => {
    expect(assess({ match: { kind: 'none' }, heartbeat: 'stale' }).readiness).toBe('unable')
  })

  it('gives every rule a sentence, a remedy and the document it comes from', () => {
    expect(Object.keys(findingRules).toSorted()).toEqual([...findingIds].toSorted())
    for (const [id, rule] of Object.entries(findingRules))
      for (const text of [rule.sentence, rule.remedy, rule.source]) expect(text.length, id).toBeGreaterThan(5)
  })
})
