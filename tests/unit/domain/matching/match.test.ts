import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainMatch } from '@/lib/domain/matching/explain-match'
import type { NodeMatch } from '@/lib/domain/matching/match'
import type { NodeToMatch } from '@/lib/domain/matching/signature'
import type { Vng, VngSpec } from '@/lib/spot/schemas/vng'
import { vng as twinVng } from '@/tests/factories/twin'
import { matchOf } from '@/lib/twin/match'
import { node, template, vng } from './build'

const gpuTaint = { key: 'sku', value: 'gpu', effect: 'NoSchedule' }
const web = vng('vng-web', { labels: { tier: 'web' } })
const webWide = vng('vng-wide', { labels: { tier: 'web', team: 'shop' } })
const gpu = vng('vng-gpu', { labels: { gpu: 'nvidia' }, taints: [gpuTaint] })
const plain = vng('vng-plain')
const toVng = ({ id, name }: Vng): NodeMatch => ({ kind: 'vng', vngId: id, vngName: name })
const none: NodeMatch = { kind: 'none' }

const verdict = (change: Partial<NodeToMatch>, vngs: Vng[], spec: VngSpec | null = template()) =>
  explainMatch({ nodes: [node('node-a', change)], vngs, template: spec }).answerOf('node-a')?.verdict

const system = { 'kubernetes.azure.com/agentpool': 'npweb', 'kubernetes.io/os': 'linux', agentpool: 'npweb' }

describe('the verdict', () => {
  it.each<[string, Partial<NodeToMatch>, Vng[], NodeMatch]>([
    ['no labels, no taints', {}, [web], { kind: 'default' }],
    ['nothing but the system’s', { labels: system, taints: ['kubernetes.azure.com/scalesetpriority=spot:NO_SCHEDULE'] }, [web], { kind: 'default' }],
    ['Default even where a group is as empty', {}, [plain], { kind: 'default' }],
    ['equal label', { labels: { ...system, tier: 'web' } }, [web], toVng(web)],
    ['the group has more labels', { labels: { tier: 'web' } }, [webWide], toVng(webWide)],
    ['the group has fewer labels', { labels: { tier: 'web', team: 'shop' } }, [web], none],
    ['another value', { labels: { tier: 'api' } }, [web], none],
    ['first in list order', { labels: { tier: 'web' } }, [webWide, web], toVng(webWide)],
    ['equal taint, other spelling', { labels: { gpu: 'nvidia' }, taints: ['sku=gpu:NO_SCHEDULE'] }, [gpu], toVng(gpu)],
    ['taints alone', { taints: ['sku=gpu:NO_SCHEDULE'] }, [gpu], toVng(gpu)],
    ['the group adds a taint', { labels: { gpu: 'nvidia' } }, [gpu], none],
    ['the group lacks a taint', { labels: { tier: 'web' }, taints: ['sku=gpu:NO_SCHEDULE'] }, [web], none],
    ['another effect', { labels: { gpu: 'nvidia' }, taints: ['sku=gpu:NO_EXECUTE'] }, [gpu], none],
    ['a system pool', { labels: { 'kubernetes.azure.com/mode': 'system' } }, [web], none],
    ['a system pool that carries a fitting label', { labels: { tier: 'web' }, taints: ['CriticalAddonsOnly=true:NO_SCHEDULE'] }, [web], none],
    ['no groups', { labels: { tier: 'web' } }, [], none],
  ])('%s', (_, change, vngs, expected) => expect(verdict(change, vngs)).toEqual(expected))

  it('takes what a group leaves blank from the template', () => {
    const spec = template({ labels: { tier: 'web' }, taints: [gpuTaint] })
    expect(verdict({ labels: { tier: 'web' }, taints: ['sku=gpu:NO_SCHEDULE'] }, [plain], spec)).toEqual(toVng(plain))
    expect(verdict({ labels: { tier: 'web' } }, [plain], spec)).toEqual(none)
  })

  it('does not depend on the order of labels and taints', () => {
    const pairs = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2')), { selector: ([key]) => key })
    const taints = fc.uniqueArray(fc.constantFrom('x=1:NO_SCHEDULE', 'y=1:NO_SCHEDULE', 'z=1:NO_EXECUTE'))
    const groups = fc.array(fc.tuple(pairs, taints), { maxLength: 5 })
    fc.assert(
      fc.property(pairs, taints, groups, (labels, ofNode, specs) => {
        const vngs = specs.map(([own, theirs], index) =>
          vng(`vng-${index}`, { labels: Object.fromEntries(own), taints: theirs.map((text) => ({ key: text[0], value: '1', effect: text.endsWith('EXECUTE') ? 'NoExecute' : 'NoSchedule' })) }),
        )
        const forwards = verdict({ labels: Object.fromEntries(labels), taints: ofNode }, vngs)
        const backwards = verdict({ labels: Object.fromEntries([...labels].reverse()), taints: [...ofNode].reverse() }, vngs)
        expect(backwards).toEqual(forwards)
      }),
    )
  })
})

describe('Default', () => {
  const safety = (spec: VngSpec | null) => explainMatch({ nodes: [node('node-a')], vngs: [], template: spec }).answerOf('node-a')?.defaultSafety

  it('is safe with an empty template', () => expect(safety(template())).toEqual({ state: 'safe', burden: null }))
  it('is not safe with taints or labels, and says with which', () => {
    expect(safety(template({ taints: [gpuTaint] }))).toEqual({ state: 'unsafe', burden: { labels: {}, taints: [gpuTaint], hasHardTaint: true } })
    expect(safety(template({ labels: { tier: 'web' } }))).toEqual({ state: 'unsafe', burden: { labels: { tier: 'web' }, taints: [], hasHardTaint: false } })
  })
  it('is not judged where the template was not read', () => expect(safety(null)).toEqual({ state: 'unknown', burden: null }))
  it('is not spoken of where the node has a group', () => {
    const report = explainMatch({ nodes: [node('node-a', { labels: { tier: 'web' } })], vngs: [web], template: template() })
    expect(report.answerOf('node-a')?.defaultSafety).toBeNull()
  })
})

describe('the priority for pods', () => {
  const answer = (change: Partial<NodeToMatch>, vngs: Vng[]) => explainMatch({ nodes: [node('node-a', change)], vngs, template: template() }).answerOf('node-a')
  const labels = { tier: 'web' }

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['most nodes', { nodeCountLimits: { maxCount: 10 } }, { nodeCountLimits: { maxCount: 20 } }],
    ['no limit before a limit', { nodeCountLimits: { maxCount: 10_000 } }, {}],
    ['most spot', { strategy: { spotPercentage: 20 } }, { strategy: { spotPercentage: 80 } }],
    ['most zones', { availabilityZones: ['1'] }, { availabilityZones: ['1', '2'] }],
    ['most sizes', { vmSizes: { preferredVmSizes: ['a'] } }, { vmSizes: { preferredVmSizes: ['a', 'b'] } }],
    ['no sizes before some', { vmSizes: { preferredVmSizes: ['a'] } }, {}],
  ])('chooses by %s, and says that it differs from the first in the list', (_, first, second) => {
    const found = answer({ labels }, [vng('vng-1', { labels, ...first }), vng('vng-2', { labels, ...second })])
    expect(found?.verdict).toMatchObject({ vngId: 'vng-1' })
    expect(found?.podTimeVerdict).toMatchObject({ vngId: 'vng-2' })
    expect(found?.isPodTimeDifferent).toBe(true)
  })

  it('follows list order where nothing documented decides', () => {
    const found = answer({ labels }, [vng('vng-1', { labels }), vng('vng-2', { labels })])
    expect(found).toMatchObject({ podTimeVerdict: { vngId: 'vng-1' }, isPodTimeDifferent: false })
  })

  it('puts the template last', () => {
    expect(answer({}, [])).toMatchObject({ podTimeVerdict: { kind: 'default' }, isPodTimeDifferent: false })
    expect(answer({}, [plain])).toMatchObject({ verdict: { kind: 'default' }, podTimeVerdict: { vngId: 'vng-plain' }, isPodTimeDifferent: true })
    expect(answer({}, [gpu])).toMatchObject({ podTimeVerdict: { kind: 'default' }, isPodTimeDifferent: false })
  })
})

describe('beside the API', () => {
  const nodes = [node('node-a', { labels: { tier: 'web' } })]
  const report = (api?: NodeMatch) => explainMatch({ nodes, vngs: [web, gpu], template: template(), ...(api === undefined ? {} : { apiMatches: new Map([['node-a', api]]) }) })

  it.each<[NodeMatch, string]>([
    [{ kind: 'vng', vngId: 'vng-web', vngName: null }, 'agrees'],
    [{ kind: 'vng', vngId: 'vng-gpu', vngName: null }, 'differs'],
    [{ kind: 'default' }, 'differs'],
    [none, 'differs'],
    [{ kind: 'not-said' }, 'not-said'],
  ])('%o: %s', (api, agreement) => {
    const found = report(api)
    expect(found.agreementOf('node-a')).toBe(agreement)
    expect(found.disagreements).toEqual(agreement === 'differs' ? [{ nodeName: 'node-a', own: toVng(web), api }] : [])
  })

  it('says nothing of nodes that it was not told of', () => {
    expect(report().agreementOf('node-a')).toBe('not-said')
    expect(report(none).agreementOf('node-z')).toBe('not-said')
    expect(report(none).answerOf('node-z')).toBeNull()
  })
})

describe('kinds of nodes', () => {
  it('are answered once, however many nodes there are', () => {
    const nodes = Array.from({ length: 300 }, (_, index) => node(`node-${index}`, { labels: { tier: index % 2 ? 'web' : 'api', 'kubernetes.io/hostname': `node-${index}` }, availabilityZone: String((index % 3) + 1) }))
    const { answers } = explainMatch({ nodes, vngs: [web], template: template() })
    expect(answers).toHaveLength(6)
    expect(answers.flatMap(({ signature }) => signature.nodeNames)).toHaveLength(300)
  })
})

describe('beside the twin, which reads the vendor’s text for itself', () => {
  const keys = ['tier', 'team', 'agentpool', 'kubernetes.io/os', 'kubernetes.azure.com/scalesetpriority', 'spotinst.io/node-lifecycle', 'example.com/x']
  const labels = fc.uniqueArray(fc.tuple(fc.constantFrom(...keys), fc.constantFrom('1', '2')), { selector: ([key]) => key }).map((pairs) => Object.fromEntries(pairs))
  const taint = fc.record({ key: fc.constantFrom('sku', 'dedicated', 'kubernetes.azure.com/scalesetpriority', 'node.kubernetes.io/unreachable'), value: fc.constantFrom('a', 'b'), effect: fc.constantFrom('NoSchedule', 'NoExecute') })
  const taints = fc.uniqueArray(taint, { maxLength: 3, selector: ({ key, value, effect }) => `${key}=${value}:${effect}` })
  const ownTaint = taint.filter(({ key }) => !key.includes('/'))
  const groups = fc.array(
    fc.record({ labels: labels.map((map) => Object.fromEntries(Object.entries(map).filter(([key]) => key.startsWith('t')))), taints: fc.uniqueArray(ownTaint, { maxLength: 2, selector: ({ key, value, effect }) => `${key}=${value}:${effect}` }) }),
    { maxLength: 5 },
  )

  it('gives the same answer', () => {
    fc.assert(
      fc.property(labels, taints, groups, fc.constantFrom('user', 'system'), (own, ofNode, specs, mode) => {
        const twins = specs.map((spec, index) => twinVng(`vng-${index}`, spec))
        const vngs = specs.map((spec, index) => vng(`vng-${index}`, spec))
        const all = { ...own, 'kubernetes.azure.com/mode': mode }
        const said = verdict({ labels: all, taints: ofNode.map(({ key, value, effect }) => `${key}=${value}:${effect === 'NoSchedule' ? 'NO_SCHEDULE' : 'NO_EXECUTE'}`) }, vngs)
        const theirs = matchOf({ labels: all, taints: ofNode, mode }, twins)
        expect(said?.kind === 'vng' ? said.vngId : said?.kind === 'default' ? 'Default' : null).toBe(theirs)
      }),
      { numRuns: 500 },
    )
  })
})
