import { describe, expect, test } from 'vitest'
import { restPreferences } from '@/components/run/migrate-rest-draft'
import { causesOf } from '@/lib/domain/outcome/causes'
import { restOf, restPlan } from '@/lib/domain/plan/rest'
import { validPreferences } from '@/lib/contract/draft'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'

const options = { ...defaultMigrationOptions, respectRestrictScaleDown: true }
const node = (nodeName: string, status: string, startedAtMs: number | null = null) => ({ nodeName, status, startedAtMs })

const causes: [status: string, startedAtMs: number | null, cause: string | null][] = [
  ['REPLACED', 1, null],
  ['NOT_REPLACED_DUE_TO_PDB', 1, 'budget'],
  ['NOT_REPLACED_DUE_TO_RSD', 1, 'restricted'],
  ['COULD_NOT_BE_REPLACED', 1, 'failed'],
  ['TO_BE_REPLACED', null, 'noEnd'],
  ['IN_PROGRESS', 1, 'noEnd'],
  ['DID_NOT_REPLACE', null, 'untouched'],
  ['DID_NOT_REPLACE', 1, 'half-done'],
  ['MELTED', 1, 'unknown'],
]

test.each(causes)('a node that ended %s (begun: %s) belongs to %s', (status, startedAtMs, cause) => {
  expect(restOf([node('a', status, startedAtMs)], options)[0]?.cause ?? null).toBe(cause)
})

test('every node that did not move stands in exactly one group', () => {
  const nodes = causes.map(([status, startedAtMs], index) => node(`n${index}`, status, startedAtMs))
  const names = restOf(nodes, options).flatMap(({ nodeNames }) => nodeNames)
  expect(names.toSorted()).toEqual(['n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8'])
})

test('a node that Kubernetes shows to be held by pods is offered as restricted, whatever Spot calls it', () => {
  expect(restOf([{ ...node('a', 'DID_NOT_REPLACE'), isHeldByPods: true }], options)[0]).toMatchObject({ cause: 'restricted', changes: [{ id: 'ignore-restriction' }] })
})

test('a node that was given up before anybody read the run is not called not begun', () => {
  const [group] = restOf([{ ...node('a', 'DID_NOT_REPLACE'), wasSettledAtFirst: true }], options)
  expect(group).toMatchObject({ cause: 'unseen', sentence: expect.stringContaining('Whether it was begun is not known') as string })
})

test.each([
  [[null], 'It may still be cordoned.'],
  [[false], 'It was not cordoned at the end.'],
  [[true, true], 'They were still cordoned at the end.'],
  [[true, false], '1 of them was still cordoned at the end.'],
  [[true, null], 'They may still be cordoned.'],
])('of nodes that were begun and are cordoned as %j it is said: %s', (cordoned, words) => {
  const [group] = restOf(cordoned.map((isCordoned, index) => ({ ...node(`n${index}`, 'DID_NOT_REPLACE', 1), isCordoned })), options)
  expect(group?.outside).toContain(words)
})

const changesOf = (status: string, over: Partial<Record<keyof typeof options, number | boolean | null>>) => restOf([node('a', status, 1)], { ...options, ...over } as typeof options)[0]?.changes.map(({ set }) => set)

test('a change is offered only where the run did not do that already', () => {
  expect(changesOf('NOT_REPLACED_DUE_TO_PDB', {})).toEqual([{ respectPdb: false }])
  expect(changesOf('NOT_REPLACED_DUE_TO_PDB', { respectPdb: null })).toEqual([{ respectPdb: false }])
  expect(changesOf('NOT_REPLACED_DUE_TO_PDB', { respectPdb: false })).toEqual([])
  expect(changesOf('NOT_REPLACED_DUE_TO_RSD', {})).toEqual([{ respectRestrictScaleDown: false }])
  expect(changesOf('NOT_REPLACED_DUE_TO_RSD', { respectRestrictScaleDown: false })).toEqual([])
  expect(changesOf('COULD_NOT_BE_REPLACED', { batchSizePercentage: 25 })).toEqual([{ batchSizePercentage: 12 }])
  expect(changesOf('COULD_NOT_BE_REPLACED', { batchSizePercentage: 1 })).toEqual([])
  expect(changesOf('COULD_NOT_BE_REPLACED', { batchSizePercentage: null })).toEqual([])
})

describe('what ended the run', () => {
  const groupsAfter = (message: string, over: Partial<typeof options> = {}) =>
    restOf([node('a', 'COULD_NOT_BE_REPLACED', 1), node('b', 'DID_NOT_REPLACE', 1), node('c', 'DID_NOT_REPLACE'), node('d', 'DID_NOT_REPLACE'), node('e', 'NOT_REPLACED_DUE_TO_PDB', 1)], { ...options, ...over }, causesOf([{ message }]))
  const offers = (message: string, over: Partial<typeof options> = {}) => Object.fromEntries(groupsAfter(message, over).map(({ cause, changes }) => [cause, changes.map(({ id }) => id)]))

  test('decides what is offered, to what it left behind only', () => {
    const smaller = ['small-batches', 'lower-health']
    expect(offers('The migration has failed due to the inability to spin up enough new nodes.')).toEqual({ budget: ['ignore-budgets'], failed: smaller, 'half-done': smaller, untouched: smaller })
    expect(offers('The migration has failed due to the failure to schedule pods for new nodes.')).toMatchObject({ failed: smaller, untouched: smaller })
    expect(offers('The migration has failed due to connectivity issues.')).toMatchObject({ failed: [], 'half-done': [], untouched: [] })
    expect(offers('Node a could not be replaced.')).toMatchObject({ failed: ['small-batches'], 'half-done': [], untouched: [] })
  })

  test('is told with its remedy', () => {
    for (const { cause, outside, failure } of groupsAfter('The migration has failed due to connectivity issues.')) {
      expect(failure?.id ?? null).toBe(cause === 'budget' ? null : 'connectivity')
      expect(outside.startsWith('The run ended early: Spot lost contact')).toBe(cause !== 'budget')
    }
  })

  test('a run that took too long is split, and the other half is left', () => {
    const groups = groupsAfter('The migration has failed due to technical timeout.')
    expect(groups.find(({ cause }) => cause === 'untouched')?.changes.map(({ id }) => id)).toEqual(['first-half'])
    expect(restPlan(groups, new Map([['untouched', 'first-half']])).nodeNames).toEqual(['e', 'a', 'b', 'c'])
  })

  test('nodes that a stand-alone pod may have kept are offered its eviction', () => {
    const changes = offers('', { shouldEvictStandalonePods: false })
    expect(changes).toMatchObject({ failed: ['evict-standalone', 'small-batches'], 'half-done': ['evict-standalone'], untouched: [] })
  })
})

test('the plan takes what was chosen, and leaves out what nobody knows unless asked', () => {
  const groups = restOf([node('a', 'NOT_REPLACED_DUE_TO_PDB', 1), node('b', 'COULD_NOT_BE_REPLACED', 1), node('c', 'MELTED', 1), node('d', 'DID_NOT_REPLACE'), node('e', 'TO_BE_REPLACED')], options)
  expect(restPlan(groups, new Map())).toEqual({ nodeNames: ['a', 'b', 'd'], set: {} })
  expect(restPlan(groups, new Map([['budget', 'ignore-budgets'], ['failed', 'leave-out'], ['unknown', 'as-before']]))).toEqual({ nodeNames: ['a', 'd', 'c'], set: { respectPdb: false } })
  expect(restPlan(groups, new Map([['budget', 'ignore-budgets'], ['failed', 'small-batches']])).set).toEqual({ respectPdb: false, batchSizePercentage: 10 })
})

test('the new plan has the options of the run, the defaults where they are not known, and says where it comes from', () => {
  const form = restPreferences('scr-1', { options: { ...options, batchSizePercentage: 33, shouldTerminateNodes: null }, set: { respectPdb: false } })
  expect(form).toEqual({ batchSizePercentage: '33', batchMinHealthyPercentage: '50', respectPdb: false, respectRestrictScaleDown: true, shouldTerminateNodes: true, shouldEvictStandalonePods: true, comment: 'Rest of scr-1' })
  expect(validPreferences.safeParse(form).success).toBe(true)
})
