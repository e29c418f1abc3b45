import { describe, expect, it } from 'vitest'
import { account } from '@/lib/spot/schemas/account'
import { discoveredNode } from '@/lib/spot/schemas/discovery'
import { createMigrationBody, defaultMigrationOptions, migration } from '@/lib/spot/schemas/migration'
import { node } from '@/lib/spot/schemas/node'
import { vng } from '@/lib/spot/schemas/vng'

const oldNodes = [{ nodeName: 'aks-a', status: 'REPLACED' }]

describe('a migration', () => {
  it.each([
    ['migrationProgress, as in the schema', { migrationProgress: { progressPercentage: 22.5, detailedStatus: { oldNodes } } }],
    ['progress, as in the example of a stop', { progress: { detailedStatus: { progressPercentage: 22.5, oldNodes } } }],
  ])('reads its progress under %s', (_, progress) => {
    expect(migration.parse({ id: 'scr-1', status: 'STOPPED', ...progress })).toMatchObject({ progressPercentage: 22.5, oldNodes: [{ nodeName: 'aks-a' }] })
  })

  it.each([
    [{ migrationStatus: 'PARTIAL_SUCCESS' }, 'PARTIAL_SUCCESS'],
    [{ status: 'Scaling' }, 'SCALING'],
    [{}, 'UNKNOWN'],
  ])('reads the state of new capacity from %o', (fields, status) => {
    const run = { id: 'scr-1', status: 'X', progress: { detailedStatus: { scaleNodePools: [{ nodePoolName: 'p', ...fields }] } } }
    expect(migration.parse(run).scaleNodePools[0]?.status).toBe(status)
  })

  it('keeps a status outside the documented list verbatim', () => {
    const run = { id: 'scr-1', status: 'Paused_By_Vendor', progress: { detailedStatus: { oldNodes: [{ nodeName: 'a', status: 'NOT_REPLACED_DUE_TO_RSD' }] } } }
    expect(migration.parse(run)).toMatchObject({ status: 'Paused_By_Vendor', oldNodes: [{ status: 'NOT_REPLACED_DUE_TO_RSD' }] })
  })
})

describe('the match of a discovered node', () => {
  it.each([
    [{}, { kind: 'not-said' }],
    [{ virtualNodeGroupId: null }, { kind: 'none' }],
    [{ vngId: 'vng-1' }, { kind: 'vng', vngId: 'vng-1' }],
    [{ launchSpecId: 'Default' }, { kind: 'default' }],
    [{ virtualNodeGroup: 'vng-2' }, { kind: 'vng', vngId: 'vng-2' }],
  ])('keeps a missing field apart from null: %o', (fields, match) => {
    expect(discoveredNode.parse({ nodeName: 'aks-a', ...fields }).match).toEqual(match)
  })

  it('reads a count of pods that is text, and an empty text as no count', () => {
    expect(discoveredNode.parse({ nodeName: 'a', runningPods: '6' }).runningPods).toBe(6)
    expect(discoveredNode.safeParse({ nodeName: 'a', runningPods: '' }).success).toBe(false)
  })
})

describe('other documents', () => {
  it('reads numbers where the schema says text, and text where it says numbers', () => {
    expect(account.parse({ accountId: 'act-1', organizationId: 606079861123, providerExternalId: 123456789 })).toMatchObject({
      organizationId: '606079861123',
      providerExternalId: '123456789',
    })
    expect(vng.parse({ id: 'vng-1', nodePoolProperties: { kubernetesVersion: 1.26 } }).nodePoolProperties?.kubernetesVersion).toBe('1.26')
    expect(node.parse({ nodeName: 'a', labels: { n: 1, empty: null } }).labels).toEqual({ n: '1', empty: '' })
  })
})

describe('the body of a create', () => {
  const create = (fields: object) => createMigrationBody.safeParse({ ...defaultMigrationOptions, ...fields }).success

  it('takes node names or node pool names, never both or neither', () => {
    expect(create({ nodeNames: ['a'] })).toBe(true)
    expect(create({ nodePoolNames: ['p'] })).toBe(true)
    expect(create({ nodeNames: ['a'], nodePoolNames: ['p'] })).toBe(false)
    expect(create({})).toBe(false)
    expect(create({ nodeNames: [] })).toBe(false)
  })

  it.each([
    { batchSizePercentage: 0 }, { batchSizePercentage: 101 }, { batchSizePercentage: 2.5 }, { batchMinHealthyPercentage: 0 },
    { comment: 'x'.repeat(257) }, { respectPdb: undefined },
  ])('refuses %o', (fields) => {
    expect(create({ nodeNames: ['a'], ...fields })).toBe(false)
  })
})
