import { describe, expect, it } from 'vitest'
import { landingOf } from '@/components/nodes/drawer/landing'
import type { NodePod, PodLanding } from '@/lib/contract/node-detail'

const api = { vngId: 'vng-1', name: 'api' }
const web = { vngId: 'vng-2', name: 'web' }
const lands = (change: Partial<PodLanding>): PodLanding => ({ rule: 'match', group: api, others: [], isCertain: true, obstacle: null, keptFromMatch: null, ...change })
const pod = (name: string, landing: PodLanding | null, isMoved = true): NodePod => ({ namespace: 'shop', name, owner: null, isReady: true, isMoved, pdbs: [], landing, findings: [] })

describe('where the pods of a node would go', () => {
  it('is told by destination: what goes nowhere first, then what leaves the match', () => {
    const items = [
      pod('a', lands({ others: [web] })),
      pod('b', lands({ rule: 'only-one', group: web, keptFromMatch: 'it needs a node with tier=web' })),
      pod('c', lands({ others: [web] })),
      pod('d', lands({ rule: 'none', group: null, obstacle: 'it needs a node with disk=ssd' })),
      pod('agent', null, false),
    ]
    expect(landingOf({ pods: { unread: [], items } })).toEqual({
      lines: [
        { where: 'nowhere', why: 'No group takes them: it needs a node with disk=ssd.', isElsewhere: false, isNowhere: true, pods: ['shop/d'] },
        { where: 'web', why: 'The only group that takes them. Not the match: it needs a node with tier=web.', isElsewhere: true, isNowhere: false, pods: ['shop/b'] },
        { where: 'api, or web', why: 'The match of the node takes them; the others may have room already.', isElsewhere: false, isNowhere: false, pods: ['shop/a', 'shop/c'] },
      ],
    })
  })
  it('says so where it hangs on what is not known', () => {
    expect(landingOf({ pods: { unread: [], items: [pod('a', lands({ isCertain: false }))] } })).toMatchObject({ lines: [{ why: expect.stringContaining('Not certain') }] })
  })
  it.each([
    ['Kubernetes is not connected', null, 'Not read: Kubernetes is not connected.'],
    ['the pods did not arrive', { problem: 'It timed out.' }, 'Not read. It timed out.'],
    ['the groups did not arrive', { unread: [], items: [pod('a', null)] }, 'Not read: the groups or the template of the cluster did not arrive.'],
  ])('is "not read" where %s', (_, pods, notRead) => expect(landingOf({ pods })).toEqual({ notRead }))
  it('is nothing where no pod has to move', () => {
    expect(landingOf({ pods: { unread: [], items: [pod('agent', null, false)] } })).toEqual({ lines: [] })
  })
})
