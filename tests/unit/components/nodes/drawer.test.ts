import { describe, expect, it } from 'vitest'
import { changesBetween } from '@/components/nodes/drawer/changes'
import { changesFor } from '@/components/nodes/drawer/match-words'
import type { GroupCheck, NodeDetail } from '@/lib/contract/node-detail'
import { findingOf } from '@/lib/domain/readiness/rules'

const group = (change: Partial<GroupCheck>): GroupCheck => ({ vngId: 'vng-1', name: 'web', isMatch: false, labels: [], addedLabels: {}, taints: [], conditions: [], preferredSizes: 'none', changes: 0, ...change })

describe('the one line that would make a group take a node', () => {
  it('names what to add, to set and to remove, and leaves alone what is equal', () => {
    expect(
      changesFor(
        group({
          labels: [
            { key: 'a', nodeValue: '1', groupValue: '1', state: 'present' },
            { key: 'b', nodeValue: '2', groupValue: null, state: 'missing' },
            { key: 'c', nodeValue: '3', groupValue: '4', state: 'value-differs' },
          ],
          taints: [
            { taint: 'x=1:NoSchedule', state: 'equal' },
            { taint: 'y=1:NoSchedule', state: 'vng-lacks' },
            { taint: 'z=1:NoSchedule', state: 'vng-adds' },
          ],
        }),
      ),
    ).toBe('To take this node: add label b=2, set label c=3, add taint y=1:NoSchedule and remove taint z=1:NoSchedule.')
  })
})

describe('validating a node', () => {
  const detail = (change: Partial<NodeDetail>): NodeDetail => ({
    nodeName: 'a',
    poolName: 'p',
    runningPods: 1,
    match: { kind: 'none' },
    own: null,
    groups: [],
    readiness: 'unable',
    findings: [findingOf('no-vng-match', 'x=1')],
    about: 1,
    pods: null,
    reported: null,
    fetchedAtMs: 1,
    ...change,
  })

  it('tells what is new and what is gone', () => {
    const after = detail({ match: { kind: 'vng', vngId: 'vng-1', vngName: 'gpu' }, findings: [findingOf('single-replica', 'y')], about: 0 })
    expect(changesBetween(detail({}), after)).toEqual([
      { kind: 'new', sentence: 'Match: gpu.' },
      { kind: 'gone', sentence: 'Match: none.' },
      { kind: 'gone', sentence: 'No VNG carries x=1.' },
    ])
  })

  it('tells of nothing when nothing changed', () => {
    expect(changesBetween(detail({}), detail({}))).toEqual([])
  })
})
