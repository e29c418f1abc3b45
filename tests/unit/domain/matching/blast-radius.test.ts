import { describe, expect, it } from 'vitest'
import { blastRadius, isHarmless } from '@/lib/domain/matching/blast-radius'
import { node, template, vng } from './build'

const gpuTaint = { key: 'sku', value: 'gpu', effect: 'NoSchedule' }
const web = vng('vng-web', { labels: { tier: 'web' } })
const wide = vng('vng-wide', { labels: { tier: 'web', team: 'shop' } })
const groups = { vngs: [web, wide], template: template() }
const nodes = [
  node('old-web', { labels: { tier: 'web' } }),
  node('old-gpu', { labels: { gpu: 'nvidia' }, taints: ['sku=gpu:NO_SCHEDULE'] }),
  node('old-plain'),
  node('runs-web', { labels: { tier: 'web' }, virtualNodeGroupId: 'vng-web' }),
  node('runs-wide', { labels: { tier: 'web', team: 'shop' }, virtualNodeGroupId: 'vng-wide' }),
]

describe('the blast radius', () => {
  it('of a new group is the nodes that it would take', () => {
    const radius = blastRadius({ before: null, after: vng('new', { labels: { gpu: 'nvidia' }, taints: [gpuTaint] }), groups, nodes })
    expect(radius).toMatchObject({ runningNodes: [], newlyMatched: ['old-gpu'], losingMatch: [], moving: [] })
    expect(isHarmless(radius)).toBe(true)
  })

  it('of a new group that matches what has a group already is nothing: it stands last', () => {
    expect(blastRadius({ before: null, after: vng('new', { labels: { tier: 'web' } }), groups, nodes })).toMatchObject({ newlyMatched: [], moving: [] })
  })

  it('of labels and taints reaches the nodes that run in the group', () => {
    const radius = blastRadius({ before: web, after: { ...web, labels: { tier: 'front', team: 'shop' }, taints: [gpuTaint] }, groups, nodes })
    expect(radius.runningNodes).toEqual(['runs-web'])
    expect(radius.change).toEqual({ labelsAdded: { team: 'shop' }, labelsRemoved: {}, labelsChanged: [{ key: 'tier', from: 'web', to: 'front' }], taintsAdded: ['sku=gpu:NoSchedule'], taintsRemoved: [] })
    expect(isHarmless(radius)).toBe(false)
  })

  it('shows nodes that fall to another group', () => {
    const { moving, losingMatch } = blastRadius({ before: web, after: { ...web, labels: { tier: 'front' } }, groups, nodes })
    expect(moving).toEqual([{ nodeNames: ['old-web'], from: { kind: 'vng', vngId: 'vng-web', vngName: 'vng-web' }, to: { kind: 'vng', vngId: 'vng-wide', vngName: 'vng-wide' } }])
    expect(losingMatch).toEqual([])
  })

  it('shows nodes that lose their match', () => {
    const alone = { ...groups, vngs: [web] }
    expect(blastRadius({ before: web, after: { ...web, labels: { tier: 'front' } }, groups: alone, nodes }).losingMatch).toEqual(['old-web'])
  })

  it('of a deleted group is all its nodes', () => {
    const radius = blastRadius({ before: web, after: null, groups: { ...groups, vngs: [web] }, nodes })
    expect(radius).toMatchObject({ runningNodes: ['runs-web'], losingMatch: ['old-web'], change: { labelsRemoved: { tier: 'web' } } })
  })

  it.each([
    ['another name', { name: 'other' }],
    ['zones', { availabilityZones: ['1'] }],
    ['a limit', { nodeCountLimits: { minCount: 0, maxCount: 3 } }],
  ])('of %s is nothing', (_, change) => {
    const radius = blastRadius({ before: web, after: { ...web, ...change }, groups, nodes })
    expect(isHarmless(radius)).toBe(true)
    expect(radius.newlyMatched).toEqual([])
  })

  it('sees what is inherited: removing the last label brings the template’s', () => {
    const inherited = { vngs: [web], template: template({ labels: { team: 'all' } }) }
    expect(blastRadius({ before: web, after: { ...web, labels: {} }, groups: inherited, nodes }).change).toMatchObject({ labelsAdded: { team: 'all' }, labelsRemoved: { tier: 'web' } })
  })
})
