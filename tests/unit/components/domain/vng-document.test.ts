import { describe, expect, it } from 'vitest'
import { changesOf, editableOf, isSame, withValue } from '@/components/domain/vng-document'
import { draftOf, valuesOf } from '@/components/domain/vng-form-values'

const group = {
  name: 'web',
  availabilityZones: ['1', '2'],
  nodeCountLimits: { minCount: 0, maxCount: 1000 },
  strategy: { spotPercentage: 80, fallbackToOd: true, drainingTimeout: 300 },
  nodePoolProperties: { osType: 'Linux', vnetSubnetIDs: ['/subscriptions/x'] },
  labels: { team: 'red', tier: 'web' },
  taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }],
  autoScale: { headrooms: [{ numOfUnits: 2 }] },
  vmSizes: { filters: { minVCpu: 4, maxVCpu: 16 } },
}

describe('what an edit sends', () => {
  it('is nothing when nothing has changed, whatever the order of the keys', () => {
    expect(changesOf(group, { ...group, strategy: { drainingTimeout: 300, spotPercentage: 80, fallbackToOd: true } })).toEqual({})
  })
  it('is nothing for a group of fields that is empty, or that is there no longer but was empty', () => {
    const bare = { ...group, vmSizes: {}, tags: {} }
    expect(isSame(draftOf(bare, valuesOf(bare)), bare)).toBe(true)
    expect(changesOf(bare, { ...bare, vmSizes: undefined })).toEqual({})
  })
  it('is the one field that changed, not what stands beside it', () => {
    expect(changesOf(group, { ...group, strategy: { ...group.strategy, drainingTimeout: 900 } })).toEqual({ strategy: { drainingTimeout: 900 } })
  })
  it('is a null for each field that is taken from the template again', () => {
    expect(changesOf(group, withValue(group, ['strategy', 'spotPercentage'], undefined))).toEqual({ strategy: { spotPercentage: null } })
    expect(changesOf(group, { ...group, nodeCountLimits: undefined })).toEqual({ nodeCountLimits: { minCount: null, maxCount: null } })
    expect(changesOf(group, { ...group, labels: null })).toEqual({ labels: null })
  })
  it('is the whole map of labels and the whole list of taints', () => {
    expect(changesOf(group, { ...group, labels: { tier: 'web' }, taints: [] })).toEqual({ labels: { tier: 'web' }, taints: [] })
  })
  it('is whole below the second level, with nulls for what was taken out', () => {
    expect(changesOf(group, { ...group, vmSizes: { filters: { minVCpu: 8 } } })).toEqual({ vmSizes: { filters: { minVCpu: 8, maxVCpu: null } } })
  })
  it('is everything but nulls for a new group', () => {
    expect(changesOf({}, { name: 'x', labels: { a: 'b' }, taints: null })).toEqual({ name: 'x', labels: { a: 'b' } })
  })
})

describe('the form and the object', () => {
  it('are the same thing: no field is lost or changed by going there and back, those the form does not show included', () => {
    expect(isSame(draftOf(group, valuesOf(group)), group)).toBe(true)
    expect(draftOf({}, valuesOf({}))).toEqual({})
  })
  it('leave alone what nobody touched, however Spot wrote it, and send only what was changed', () => {
    const odd = {
      name: ' web ',
      availabilityZones: [],
      vmSizes: { preferredVmSizes: [], filters: null },
      nodeCountLimits: { minCount: null, maxCount: 20 },
      nodePoolProperties: { kubernetesVersion: 1.26 },
      labels: { port: 8080 },
      taints: [{ key: 'a', effect: 'NoSchedule' }, { key: 'b', value: 'x', effect: 'NoExecute' }],
    }
    expect(draftOf(odd, valuesOf(odd))).toEqual(odd)
    const values = valuesOf(odd)
    values.scalars.maxCount = '30'
    expect(changesOf(odd, draftOf(odd, values))).toEqual({ nodeCountLimits: { maxCount: 30 } })
    values.taints.rows.push({ key: ' c', value: '', effect: 'NoSchedule' })
    expect(changesOf(odd, draftOf(odd, values))).toEqual({ nodeCountLimits: { maxCount: 30 }, taints: [...odd.taints, { key: 'c', value: '', effect: 'NoSchedule' }] })
  })
  it('keep a faulty entry as it was typed', () => {
    const values = valuesOf(group)
    values.scalars.maxCount = 'many'
    const draft = draftOf(group, values)
    expect(draft.nodeCountLimits).toEqual({ minCount: 0, maxCount: 'many' })
    expect(valuesOf(draft).scalars.maxCount).toBe('many')
  })
  it('take an emptied field and emptied rows from the template', () => {
    const values = valuesOf(group)
    const emptied = draftOf(group, { ...values, scalars: { ...values.scalars, zones: ' ' }, labels: { isOwn: false, rows: values.labels.rows } })
    expect(emptied).not.toHaveProperty('availabilityZones')
    expect(emptied).not.toHaveProperty('labels')
  })
  it('tell an empty list of one’s own from none', () => {
    expect(valuesOf({ taints: [] }).taints).toEqual({ isOwn: true, rows: [] })
    expect(valuesOf({}).taints).toEqual({ isOwn: false, rows: [] })
    expect(draftOf({}, valuesOf({ taints: [] })).taints).toEqual([])
  })
})

it('what a person may not change is no part of the object', () => {
  expect(editableOf({ ...group, id: 'vng-1', oceanId: 'o-1', createdAt: 'x', updatedAt: 'y' })).toEqual(group)
})
