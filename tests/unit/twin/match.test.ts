import { describe, expect, test } from 'vitest'
import { matchOf } from '@/lib/twin/match'
import type { TwinTaint } from '@/lib/twin/types'
import { node, vng } from '../../factories/twin'

const dedicated: TwinTaint = { key: 'dedicated', value: 'data', effect: 'NoSchedule' }
const system = {
  agentpool: 'npweb',
  accelerator: 'nvidia',
  'kubernetes.azure.com/agentpool': 'npweb',
  'kubernetes.io/os': 'linux',
  'node.kubernetes.io/instance-type': 'Standard_D8s_v5',
  'topology.kubernetes.io/zone': 'westeurope-1',
}

describe('the match of a node', () => {
  test('a node with nothing but system labels and taints falls to the template', () => {
    const taints = [{ key: 'kubernetes.azure.com/scalesetpriority', value: 'spot', effect: 'NoSchedule' }]
    expect(matchOf(node('n', { labels: system, taints }), [vng('vng-1')])).toBe('Default')
  })

  test('the first group that carries all labels of the node wins, more labels do no harm', () => {
    const groups = [vng('vng-1', { labels: { tier: 'api' } }), vng('vng-2', { labels: { tier: 'web', team: 'a' } }), vng('vng-3', { labels: { tier: 'web' } })]
    expect(matchOf(node('n', { labels: { ...system, tier: 'web' } }), groups)).toBe('vng-2')
  })

  test('taints have to be the same on both sides', () => {
    const tainted = node('n', { labels: { tier: 'data' }, taints: [dedicated] })
    expect(matchOf(tainted, [vng('vng-1', { labels: { tier: 'data' } })])).toBeNull()
    expect(matchOf(tainted, [vng('vng-1', { labels: { tier: 'data' }, taints: [dedicated] })])).toBe('vng-1')
    expect(matchOf(node('n', { labels: { tier: 'data' } }), [vng('vng-1', { labels: { tier: 'data' }, taints: [dedicated] })])).toBeNull()
  })

  test('the name of a label of AKS is no name of a taint of AKS', () => {
    const taint: TwinTaint = { key: 'accelerator', value: 'nvidia', effect: 'NoSchedule' }
    expect(matchOf(node('n', { labels: system, taints: [taint] }), [vng('vng-1', { taints: [taint] })])).toBe('vng-1')
  })

  test('a value that differs is no match', () => {
    expect(matchOf(node('n', { labels: { tier: 'web' } }), [vng('vng-1', { labels: { tier: 'api' } })])).toBeNull()
  })

  test('system pools are taken by nothing', () => {
    expect(matchOf(node('n', { mode: 'system' }), [vng('vng-1')])).toBeNull()
  })
})
