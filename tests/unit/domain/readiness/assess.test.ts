import { describe, expect, test } from 'vitest'
import { assessNode, readinessOf, type NodeFactsForReadiness } from '@/lib/domain/readiness/assess'

const good: NodeFactsForReadiness = {
  match: { kind: 'vng', vngId: 'vng-1', vngName: 'web' },
  isMatchKnown: true,
  reported: { nodeStatus: 'TRUE', labels: { tier: 'web', 'kubernetes.azure.com/mode': 'user' }, taints: [] },
  heartbeat: 'reporting',
}
const judge = (overrides: Partial<NodeFactsForReadiness>) => {
  const findings = assessNode({ ...good, ...overrides })
  return { ids: findings.map(({ id }) => id), readiness: readinessOf(findings) }
}
const reported = { nodeStatus: 'TRUE', labels: {}, taints: [] }

describe('readiness from the Spot API alone', () => {
  test('a matched, ready node under a reporting controller is ready', () => {
    expect(judge({})).toEqual({ ids: [], readiness: 'ready' })
    expect(judge({ match: { kind: 'default' } })).toEqual({ ids: [], readiness: 'ready' })
  })

  test.each<[string, Partial<NodeFactsForReadiness>, string[], string]>([
    ['no match', { match: { kind: 'none' } }, ['no-vng-match'], 'unable'],
    ['a match that was not said', { match: { kind: 'not-said' } }, ['match-not-said'], 'needs-validation'],
    ['a group that the list lacks', { isMatchKnown: false }, ['vng-unknown'], 'needs-validation'],
    ['a node that is not ready', { reported: { ...reported, nodeStatus: 'FALSE' } }, ['node-not-ready'], 'unable'],
    ['a node of unknown state', { reported: { ...reported, nodeStatus: 'UNKNOWN' } }, ['node-not-reported'], 'needs-validation'],
    ['a node that Get Cluster Nodes lacks', { reported: null }, ['node-not-reported'], 'needs-validation'],
    ['a system pool', { reported: { ...reported, labels: { 'kubernetes.azure.com/mode': 'system' } } }, ['system-pool'], 'unable'],
    ['a stale controller', { heartbeat: 'stale' }, ['controller-stale'], 'needs-validation'],
    ['a heartbeat that was not read', { heartbeat: 'unknown' }, ['controller-unknown'], 'ready'],
  ])('%s', (_name, overrides, ids, readiness) => {
    expect(judge(overrides)).toEqual({ ids, readiness })
  })

  test('a node without a match names the labels and taints that a group would need, and no system ones', () => {
    const [finding] = assessNode({
      ...good,
      match: { kind: 'none' },
      reported: { nodeStatus: 'TRUE', labels: { accelerator: 'nvidia', agentpool: 'npgpu', 'kubernetes.io/os': 'linux' }, taints: ['sku=gpu:NO_SCHEDULE'] },
    })
    expect(finding?.sentence).toBe('No virtual node group matches the node’s labels and taints (label accelerator=nvidia; taint sku=gpu:NO_SCHEDULE).')
  })
})
