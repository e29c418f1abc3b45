import { describe, expect, it } from 'vitest'
import { groupKeys } from '@/components/nodes/group'
import { indexNodes } from '@/components/nodes/node-index'
import { groupWord } from '@/components/nodes/words'
import type { NodesAnswer } from '@/lib/contract/nodes'
import type { ReadinessAnswer } from '@/lib/contract/readiness'
import { findingOf } from '@/lib/domain/readiness/rules'

const row = (nodeName: string): NodesAnswer['nodes'][number] => ({ nodeName, poolName: 'p', runningPods: 1, match: { kind: 'default' }, readiness: 'ready', findings: [], vmSize: null, zone: null, spec: null })
const answer: NodesAnswer = { nodes: [row('a'), row('b')], specs: [], findings: [], vngs: [], clusterNodes: 2, fetchedAtMs: 1, problems: [], drift: [] }
const assessed: ReadinessAnswer = {
  nodes: [{ nodeName: 'a', readiness: 'unable', findings: [1, 0] }],
  workloads: [],
  findings: [findingOf('single-replica', 'x'), findingOf('fits-no-vng', 'x')],
  cluster: [],
  kubernetes: { isConnected: true, parts: [] },
  fetchedAtMs: 1,
}

describe('rows before and after Kubernetes was read', () => {
  it('show what Spot says, then what both say; a node that was not assessed keeps what Spot said', () => {
    expect(indexNodes(answer).map(({ readiness }) => readiness)).toEqual(['ready', 'ready'])
    expect(indexNodes(answer, assessed).map(({ readiness, reasons }) => [readiness, reasons.map(({ id }) => id)])).toEqual([
      ['unable', ['fits-no-vng', 'single-replica']],
      ['ready', []],
    ])
  })

  it('are grouped by the finding that weighs most', () => {
    const keys = indexNodes(answer, assessed).map(groupKeys.finding)
    expect(keys.map((key) => groupWord('finding', key))).toEqual(['Fits no VNG', 'No finding'])
  })
})
