import { describe, expect, it } from 'vitest'
import { doubledRows, faultsOf, fieldNameOf, undrawable, type VngCase } from '@/components/domain/vng-check'
import { valuesOf } from '@/components/domain/vng-form-values'
import { vngSpec } from '@/lib/spot/schemas/vng'

const fresh: VngCase = { before: {}, isNew: true, takenNames: new Set(['vng-web']), template: null }
const group = { name: 'old', labels: { 'spotinst.io/kept': 'x' }, nodePoolProperties: { osType: 'Linux' }, nodeCountLimits: { minCount: 0, maxCount: 9 } }
const edit: VngCase = { before: group, isNew: false, takenNames: new Set(), template: null }
const messages = (draft: Record<string, unknown>, shape = fresh) => Object.fromEntries(faultsOf(draft, shape).map(({ path, message }) => [path, message]))

describe('a refused key is explained', () => {
  it.each([
    ['kubernetes.azure.com/mode', /built-in label/],
    ['topology.kubernetes.io/zone', /built-in label/],
    ['node-role.kubernetes.io/worker', /reserved for Kubernetes/],
    ['kubernetes.azure.com/anything', /reserved for AKS/],
    ['spotinst.io/node-lifecycle', /reserved for Spot/],
    ['-team', /begins and ends with a letter or digit/],
    ['Team.Example/x', /domain in small letters/],
  ])('the label %s', (key, words) => {
    expect(messages({ name: 'x', labels: { [key]: 'y' } })[`labels.${key}`]).toMatch(words)
  })
  it.each([
    ['kubernetes.azure.com/scalesetpriority', /set by AKS on every spot node/],
    ['node.kubernetes.io/memory-pressure', /system taint/],
    ['node.cloudprovider.kubernetes.io/shutdown', /system taint/],
    ['spotinst.io/x', /reserved for Spot/],
  ])('the taint %s', (key, words) => {
    expect(messages({ name: 'x', taints: [{ key, value: '', effect: 'NoSchedule' }] })['taints.0.key']).toMatch(words)
  })
  it('a key of one’s own is not', () => {
    expect(faultsOf({ name: 'x', labels: { team: 'red', 'example.com/tier': 'web', kubernetesio: '' }, taints: [{ key: 'CriticalAddonsOnly', value: 'true', effect: 'NoSchedule' }] }, fresh)).toEqual([])
  })
})

describe('a draft is judged before it is sent', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['no name', {}, 'name'],
    ['a name in use', { name: 'vng-web' }, 'name'],
    ['the least above the most', { name: 'x', nodeCountLimits: { minCount: 5, maxCount: 2 } }, 'nodeCountLimits.minCount'],
    ['text for a number', { name: 'x', nodeCountLimits: { maxCount: 'many' } }, 'nodeCountLimits.maxCount'],
    ['a share above 100', { name: 'x', strategy: { spotPercentage: 101 } }, 'strategy.spotPercentage'],
    ['a taint twice', { name: 'x', taints: [{ key: 'a', effect: 'NoSchedule' }, { key: 'a', value: 'b', effect: 'NoSchedule' }] }, 'taints.1.key'],
    ['a field that does not exist', { name: 'x', lables: {} }, 'lables'],
  ])('%s', (_, draft, path) => {
    expect(Object.keys(messages(draft))).toContain(path)
  })
  it('an edit only in what it changes: what was accepted before is not judged again', () => {
    expect(faultsOf({ ...group, nodeCountLimits: { minCount: 0, maxCount: 12 } }, edit)).toEqual([])
    expect(Object.keys(messages({ ...group, labels: { 'spotinst.io/new': 'x' } }, edit))).toEqual(['labels.spotinst.io/new'])
  })
  it('an empty list of its own only where the template has none: what Spot makes of one is not documented', () => {
    const template = vngSpec.parse({ taints: [{ key: 'dedicated', value: 'x', effect: 'NoSchedule' }] })
    expect(messages({ ...group, taints: [] }, { ...edit, template }).taints).toMatch(/^An empty list is not saved/)
    expect(faultsOf({ ...group, labels: {}, taints: [] }, edit)).toEqual([])
    expect(faultsOf({ ...group, labels: {} }, { ...edit, template })).toEqual([])
    expect(faultsOf({ ...group, name: 'new', taints: [] }, { ...edit, before: { ...group, taints: [] }, template })).toEqual([])
    expect(fieldNameOf('taints', valuesOf({ taints: [] }))).toBe('taints.isOwn')
    expect(fieldNameOf('labels', valuesOf({ labels: {} }))).toBe('labels.isOwn')
  })
  it('an edit in what the vendor does not let it change', () => {
    expect(messages({ ...group, nodePoolProperties: { osType: 'Windows' } }, edit)['nodePoolProperties.osType']).toMatch(/cannot be changed once the group is there/)
  })
})

it('a fault stands at its field of the form, whether we or Spot found it', () => {
  const values = valuesOf({ name: 'x', labels: { team: 'red', 'kubernetes.azure.com/mode': 'user' }, taints: [{ key: 'a', effect: 'NoSchedule' }] })
  expect(fieldNameOf('virtualNodeGroup.labels.kubernetes.azure.com/mode', values)).toBe('labels.rows.1.key')
  expect(fieldNameOf('taints.0.effect', values)).toBe('taints.rows.0.effect')
  expect(fieldNameOf('nodeCountLimits', values)).toBe('scalars.minCount')
  expect(fieldNameOf('virtualNodeGroup.strategy.drainingTimeout', values)).toBe('scalars.drainingTimeout')
  expect(fieldNameOf('availabilityZones.1', values)).toBe('scalars.zones')
  expect(fieldNameOf('autoScale.headrooms', values)).toBeNull()
  expect(fieldNameOf('VNG_IN_USE', values)).toBeNull()
})

it('two rows with one key are a fault, since one of them would be lost', () => {
  const values = valuesOf({ name: 'x', labels: { team: 'red' } })
  values.labels.rows.push({ key: ' team ', value: 'blue', effect: '' }, { key: '', value: '', effect: '' }, { key: '', value: '', effect: '' })
  expect(doubledRows(values)).toEqual([{ path: 'labels.rows.1.key', message: 'This key stands twice.' }])
})

it('a text stays in the JSON view while the form would lose part of it', () => {
  for (const draft of [[], 'x', null, { labels: [] }, { labels: { a: {} } }, { taints: {} }, { taints: ['a'] }, { strategy: 3 }, { name: {} }, { availabilityZones: [{}] }]) expect(undrawable(draft)).not.toBeNull()
  for (const draft of [{}, { labels: null }, { taints: [{ key: 'a' }] }, { strategy: { spotPercentage: 'x' } }, { unknown: {} }]) expect(undrawable(draft)).toBeNull()
})
