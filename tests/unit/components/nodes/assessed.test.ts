import { describe, expect, it } from 'vitest'
import { readyWords } from '@/components/domain/badges'
import { groupKeys } from '@/components/nodes/group'
import { indexNodes } from '@/components/nodes/node-index'
import { doubtOf, type Reading } from '@/components/nodes/doubt'
import { noticesOf } from '@/components/nodes/page-notices'
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
  it('show what Spot says, then what both say; a node that Kubernetes has not told of is not ready', () => {
    expect(indexNodes(answer).map(({ readiness }) => readiness)).toEqual(['ready', 'ready'])
    expect(indexNodes(answer, assessed).map(({ readiness, reasons }) => [readiness, reasons.map(({ id }) => id)])).toEqual([
      ['unable', ['fits-no-vng', 'single-replica']],
      ['needs-validation', ['kubernetes-not-read']],
    ])
  })

  it('keep what Spot says where Kubernetes is not connected, or where Spot alone decides', () => {
    const unconnected = { ...assessed, kubernetes: { isConnected: false, parts: [] } }
    expect(indexNodes(answer, unconnected)[1]).toMatchObject({ readiness: 'ready', reasons: [], isSpotOnly: true })
    const blocked = { ...answer, nodes: [{ ...row('b'), readiness: 'unable' as const, findings: [0] }], findings: [findingOf('system-pool')] }
    expect(indexNodes(blocked, assessed)[0]).toMatchObject({ readiness: 'unable', reasons: [{ id: 'system-pool' }, { id: 'kubernetes-not-read' }] })
  })

  it('are ready no longer once there is doubt about all of them, and say why first', () => {
    const doubt = findingOf('facts-stale', 'x')
    expect(indexNodes(answer, assessed, doubt).map(({ readiness, reasons }) => [readiness, reasons[0]?.id])).toEqual([
      ['unable', 'facts-stale'],
      ['needs-validation', 'facts-stale'],
    ])
  })

  it('say that only Spot was asked until Kubernetes has answered', () => {
    expect(indexNodes(answer).map(({ isSpotOnly }) => isSpotOnly)).toEqual([true, true])
    expect(indexNodes(answer, assessed).map(({ isSpotOnly }) => isSpotOnly)).toEqual([false, true])
    expect([readyWords(true), readyWords(false, [findingOf('single-replica'), findingOf('zone-not-served'), findingOf('node-cordoned')])]).toEqual(['Ready (Spot checks only)', 'Ready, 1 warning, 2 notes'])
  })

  it('are grouped by the finding that weighs most', () => {
    const keys = indexNodes(answer, assessed).map(groupKeys.finding)
    expect(keys.map((key) => groupWord('finding', key))).toEqual(['Fits no VNG', 'Kubernetes not read'])
  })
})

describe('a page that hears nothing new', () => {
  const at = (change: Partial<Reading>) => doubtOf({ nowMs: 1_000_000, nodesAtMs: 990_000, checksAtMs: 990_000, checksProblem: null, ...change })

  it('doubts what it shows once either answer is older than the limit, by its own clock', () => {
    expect(at({})).toBeNull()
    expect(at({ checksProblem: 'No answer.' })).toBeNull()
    expect(at({ nodesAtMs: 1_000_000 - 300_001 })?.id).toBe('facts-stale')
    expect(at({ checksAtMs: 1_000_000 - 300_001 })?.id).toBe('facts-stale')
    expect(at({ nowMs: null, nodesAtMs: 1 })).toBeNull()
  })

  it('doubts it as well when half of the checks never came, and waits while they are on their way', () => {
    expect(at({ checksAtMs: 0 })).toBeNull()
    expect(at({ checksAtMs: 0, checksProblem: 'The server did not answer.' })).toMatchObject({ id: 'spot-not-read', sentence: expect.stringContaining('The server did not answer.') })
  })

  it('says of the cluster once what both answers say', () => {
    const missing = { ...answer, problems: [{ part: 'vngs' as const, code: 'upstream_failed', detail: 'Spot failed.' }] }
    const both = { ...assessed, cluster: [0, 1], findings: [findingOf('spot-not-read', 'The virtual node groups: not read. Spot failed.'), findingOf('pending-pods', '1 pod is', ['a'])] }
    expect(noticesOf(missing, both, null).map(({ id }) => id)).toEqual(['spot-not-read', 'pending-pods'])
    expect(noticesOf(undefined, undefined, null)).toEqual([])
  })
})
