import { describe, expect, it } from 'vitest'
import { changesBetween } from '@/components/nodes/drawer/changes'
import { changesFor } from '@/components/nodes/drawer/match-words'
import type { GroupCheck, NodeDetail } from '@/lib/contract/node-detail'
import { node } from '@/lib/spot/schemas/node'
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

  it('tells of readiness, labels, taints and pods as well', () => {
    const reported = (labels: Record<string, string>, taints: string[]) => node.parse({ nodeName: 'a', labels, taints })
    const pods = (isReady: boolean) => ({ unread: [], items: [{ namespace: 'shop', name: 'web-1', owner: null, isReady, isMoved: true, pdbs: [], landing: null, findings: [] }] })
    const changes = changesBetween(detail({ reported: reported({ tier: 'web' }, []), pods: pods(true) }), detail({ readiness: 'ready', reported: reported({ tier: 'api' }, ['x=1:NO_SCHEDULE']), pods: pods(false) }))
    expect(changes.map(({ kind, sentence }) => `${kind} ${sentence}`)).toEqual([
      'new Readiness: ready.', 'new Label tier=api.', 'new Taint x=1:NO_SCHEDULE.', 'new Pod shop/web-1, not ready.',
      'gone Readiness: unable.', 'gone Label tier=web.', 'gone Pod shop/web-1, ready.',
    ])
    expect(changesBetween(detail({ runningPods: 3 }), detail({ runningPods: 4 })).map(({ sentence }) => sentence)).toEqual(['Pods that Spot counts: 4.', 'Pods that Spot counts: 3.'])
  })

  it('tells of nothing when nothing changed', () => {
    expect(changesBetween(detail({}), detail({}))).toEqual([])
  })
})
