import { describe, expect, it } from 'vitest'
import { isOfSystemPool, isSystemKey, isSystemTaint, ownLabelsOf, ownTaints, zoneNames, zoneNumber, zonesOf } from '@/lib/domain/matching/own-keys'
import { isHard, parseTaint, taintText } from '@/lib/domain/matching/taints'

/** The 22 built-in keys that Create Virtual Node Group refuses. */
const builtIn = [
  ...['agentpool', 'cluster', 'mode', 'role', 'scalesetpriority', 'storageprofile', 'storagetier', 'instance-sku', 'node-image-version', 'subnet', 'vnet', 'ppg', 'encrypted-set', 'accelerator', 'fips_enabled', 'os-sku'].map(
    (name) => `kubernetes.azure.com/${name}`,
  ),
  'kubernetes.io/arch',
  'kubernetes.io/os',
  'kubernetes.io/hostname',
  'node.kubernetes.io/instance-type',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
]

describe('keys of the system', () => {
  it.each(builtIn)('leaves %s aside', (key) => expect(isSystemKey(key)).toBe(true))

  it.each(['agentpool', 'storageprofile', 'accelerator', 'beta.kubernetes.io/os', 'topology.disk.csi.azure.com/zone', 'spotinst.io/node-lifecycle', 'spot.io/x', 'foo.k8s.io/bar'])('leaves %s aside', (key) =>
    expect(isSystemKey(key)).toBe(true),
  )

  it.each(['tier', 'gpu', 'example.com/team', 'notkubernetes.io/x', 'kubernetes.io', 'azure.com.example/x', 'team/kubernetes.io'])('keeps %s', (key) => expect(isSystemKey(key)).toBe(false))

  it.each([
    ['kubernetes.azure.com/scalesetpriority', true],
    ['accelerator', false],
    ['node.kubernetes.io/unreachable', true],
    ['node.cloudprovider.kubernetes.io/uninitialized', true],
    ['CriticalAddonsOnly', true],
    ['sku', false],
    ['dedicated', false],
  ])('taint %s is of the system: %s', (key, isSystem) => expect(isSystemTaint(key)).toBe(isSystem))

  it('keeps the own labels and taints of a node', () => {
    expect(ownLabelsOf({ agentpool: 'npweb', 'kubernetes.io/os': 'linux', tier: 'web' })).toEqual({ tier: 'web' })
    expect(ownTaints(['kubernetes.azure.com/scalesetpriority=spot:NO_SCHEDULE', 'CriticalAddonsOnly=true:NO_SCHEDULE', 'sku=gpu:NO_SCHEDULE'])).toEqual(['sku=gpu:NO_SCHEDULE'])
  })
})

describe('system pools', () => {
  it.each([
    ['the mode', { labels: { 'kubernetes.azure.com/mode': 'system' }, taints: [] }, true],
    ['the taint with a value', { labels: {}, taints: ['CriticalAddonsOnly=true:NO_SCHEDULE'] }, true],
    ['the taint without one', { labels: {}, taints: ['CriticalAddonsOnly:NoSchedule'] }, true],
    ['user mode', { labels: { 'kubernetes.azure.com/mode': 'user' }, taints: ['sku=gpu:NO_SCHEDULE'] }, false],
    ['a taint that only begins alike', { labels: {}, taints: ['CriticalAddonsOnlyNot=true:NO_SCHEDULE'] }, false],
  ])('are told by %s', (_, given, isSystem) => expect(isOfSystemPool(given)).toBe(isSystem))
})

describe('taints', () => {
  it.each([
    ['sku=gpu:NO_SCHEDULE', { key: 'sku', value: 'gpu', effect: 'NoSchedule' }],
    ['sku=gpu:NoSchedule', { key: 'sku', value: 'gpu', effect: 'NoSchedule' }],
    ['sku=gpu:PREFER_NO_SCHEDULE', { key: 'sku', value: 'gpu', effect: 'PreferNoSchedule' }],
    ['sku=gpu:NO_EXECUTE', { key: 'sku', value: 'gpu', effect: 'NoExecute' }],
    ['sku=gpu:PreferNoExecute', { key: 'sku', value: 'gpu', effect: 'PreferNoExecute' }],
    ['sku:NoExecute', { key: 'sku', value: '', effect: 'NoExecute' }],
    ['sku=:NoExecute', { key: 'sku', value: '', effect: 'NoExecute' }],
    ['example.com/x=a=b:NO_SCHEDULE', { key: 'example.com/x', value: 'a=b', effect: 'NoSchedule' }],
    ['sku=gpu:SOMETHING_NEW', { key: 'sku', value: 'gpu', effect: 'SOMETHING_NEW' }],
    ['sku=gpu', { key: 'sku', value: 'gpu', effect: '' }],
  ])('%s is read', (text, taint) => expect(parseTaint(text)).toEqual(taint))

  it('has one spelling for both forms', () => {
    expect(taintText(parseTaint('sku=gpu:NO_SCHEDULE'))).toBe(taintText({ key: 'sku', value: 'gpu', effect: 'NoSchedule' }))
    expect(taintText(parseTaint('sku:NO_EXECUTE'))).toBe('sku:NoExecute')
  })

  it.each([['NoSchedule', true], ['NO_EXECUTE', true], ['PreferNoSchedule', false], ['PREFER_NO_SCHEDULE', false], ['', false]])('%s keeps pods away: %s', (effect, hard) =>
    expect(isHard({ key: 'a', value: '', effect })).toBe(hard),
  )
})

describe('zones', () => {
  it.each([['1', '1'], ['westeurope-2', '2'], ['0', null], ['', null], ['westeurope-0', null]])('%s has the number %s', (zone, number) => expect(zoneNumber(zone)).toBe(number))

  it('of a group are its own, with `0` for none, and those of the template only where it names none', () => {
    expect([zonesOf(['0'], ['1', '2']), zonesOf(['0', 'westeurope-1'], null), zonesOf([], ['1']), zonesOf(null, ['0']), zonesOf(null, []), zonesOf(null, undefined)]).toEqual([['0'], ['0', '1'], ['1'], ['0'], null, null])
    expect(zoneNames(['0', '1', '2'])).toEqual(['1', '2', 'no zone'])
  })
})
