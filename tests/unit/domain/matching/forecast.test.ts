import { describe, expect, it } from 'vitest'
import type { KubeConstraints } from '@/lib/domain/kube-facts'
import { createForecast, forecastLanding, podToLand, type LandingRule } from '@/lib/domain/matching/forecast'
import type { NodeMatch } from '@/lib/domain/matching/match'
import type { Vng } from '@/lib/spot/schemas/vng'
import { constraints, pod } from '../readiness/facts'
import { template, vng } from './build'

const gpuTaint = { key: 'sku', value: 'gpu', effect: 'NoSchedule' }
const web = vng('vng-web', { labels: { tier: 'web' }, availabilityZones: ['1'] })
const api = vng('vng-api', { labels: { tier: 'api' }, nodeCountLimits: { maxCount: 5 } })
const gpu = vng('vng-gpu', { labels: { gpu: 'nvidia' }, taints: [gpuTaint], vmSizes: { filters: { maxGpu: 4, maxVCpu: 24, maxMemoryGiB: 448 } } })
const notSaid: NodeMatch = { kind: 'not-said' }
const matchOf = ({ id, name }: Vng): NodeMatch => ({ kind: 'vng', vngId: id, vngName: name })

const say = (change: Partial<KubeConstraints>, match: NodeMatch = notSaid, volumeZones: string[][] = [], vngs = [web, api, gpu]) =>
  createForecast({ vngs, template: template() })({ constraints: constraints(change), volumeZones }, match)

const affinity = (key: string, value: string) => ({ expressions: [{ key, operator: 'In', values: [value] }], fields: [] })
const toleratesGpu = { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' } as const

describe('the landing of a pod', () => {
  it.each<[string, Partial<KubeConstraints>, NodeMatch, LandingRule, string | null | undefined]>([
    ['its selector leaves one group', { nodeSelector: { tier: 'web' } }, notSaid, 'only-one', 'vng-web'],
    ['its selector leaves one group, whatever its node matches', { nodeSelector: { tier: 'web' } }, matchOf(api), 'only-one', 'vng-web'],
    ['its required affinity leaves one group', { requiredAffinity: [affinity('tier', 'api')] }, notSaid, 'only-one', 'vng-api'],
    ['its node’s group takes it', {}, matchOf(api), 'match', 'vng-api'],
    ['its node falls to Default and the template takes it', {}, { kind: 'default' }, 'match', null],
    ['its node’s group does not take it', {}, matchOf(gpu), 'least-restrictive', 'vng-web'],
    ['nothing matches its node', {}, { kind: 'none' }, 'least-restrictive', 'vng-web'],
    ['it prefers a group', { preferredAffinity: [{ weight: 1, term: affinity('tier', 'api') }] }, notSaid, 'preferred-affinity', 'vng-api'],
    ['it prefers one more than another', { preferredAffinity: [{ weight: 1, term: affinity('tier', 'web') }, { weight: 9, term: affinity('tier', 'api') }] }, notSaid, 'preferred-affinity', 'vng-api'],
    ['it prefers what no group has', { preferredAffinity: [{ weight: 1, term: affinity('tier', 'data') }] }, notSaid, 'least-restrictive', 'vng-web'],
    ['it prefers a group whose taint it does not tolerate', { preferredAffinity: [{ weight: 1, term: affinity('gpu', 'nvidia') }] }, notSaid, 'least-restrictive', 'vng-web'],
    ['it selects what no group has', { nodeSelector: { tier: 'data' } }, notSaid, 'none', undefined],
    ['it asks for more than the group’s sizes have', { nodeSelector: { gpu: 'nvidia' }, tolerations: [toleratesGpu], requests: { milliCpu: 1000, memoryMiB: 1024, gpu: 8 } }, notSaid, 'none', undefined],
    ['it asks for as much as the group’s largest size has for pods', { nodeSelector: { gpu: 'nvidia' }, tolerations: [toleratesGpu], requests: { milliCpu: 23_500, memoryMiB: 440 * 1024, gpu: 4 } }, notSaid, 'only-one', 'vng-gpu'],
  ])('%s', (_, change, match, rule, vngId) => {
    const found = say(change, match)
    expect([found.rule, found.group?.vngId]).toEqual([rule, vngId])
  })

  it('goes with its volume', () => {
    expect(say({ nodeSelector: { tier: 'web' } }, notSaid, [['westeurope-1']])).toMatchObject({ rule: 'only-one', group: { vngId: 'vng-web' } })
    expect(say({ nodeSelector: { tier: 'web' } }, notSaid, [['westeurope-2']])).toMatchObject({ rule: 'none', obstacle: expect.stringContaining('westeurope-2') })
    expect(say({}, matchOf(web), [['westeurope-2']]).group?.vngId).toBe('vng-api')
    expect(say({ nodeSelector: { tier: 'web' } }, notSaid, [['westeurope-1'], ['westeurope-2']]).rule).toBe('none')
  })

  it('puts the template last, and names all groups that take the pod', () => {
    expect(say({}).others.map(({ name }) => name)).toEqual(['vng-api', 'Default'])
  })

  it('says where it hangs on a label that is not known', () => {
    expect(say({ nodeSelector: { 'node.kubernetes.io/instance-type': 'Standard_D4s_v5' } })).toMatchObject({ isCertain: false, group: { vngId: 'vng-web' } })
    expect(say({}).isCertain).toBe(true)
  })

  it('is pending where there is no group at all', () => {
    expect(createForecast({ vngs: [], template: null })({ constraints: constraints(), volumeZones: [] }, notSaid)).toMatchObject({ rule: 'none', group: null, obstacle: 'there is no group' })
  })

  it('is said for each pod of a node', () => {
    const pods = [constraints({ nodeSelector: { tier: 'web' } }), constraints()].map((own) => ({ constraints: own, volumeZones: [] }))
    expect(forecastLanding(pods, matchOf(api), { vngs: [web, api, gpu], template: template() }).map(({ group }) => group?.vngId)).toEqual(['vng-web', 'vng-api'])
  })
})

describe('a pod’s volumes', () => {
  const claims = new Map([
    ['shop/disk', { namespace: 'shop', name: 'disk', isBound: true, zones: ['westeurope-2'], isLocal: false }],
    ['shop/share', { namespace: 'shop', name: 'share', isBound: true, zones: null, isLocal: false }],
  ])
  it.each([
    [[{ kind: 'claim', claimName: 'disk' } as const], [['westeurope-2']]],
    [[{ kind: 'claim', claimName: 'share' } as const, { kind: 'emptyDir' } as const], []],
    [[{ kind: 'claim', claimName: 'not-read' } as const], []],
  ])('%o tie it to %o', (volumes, zones) => expect(podToLand(pod({ volumes }), claims).volumeZones).toEqual(zones))
})
