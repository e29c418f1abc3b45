import { describe, expect, test } from 'vitest'
import { batchLines, healthyLine, podsText, switchTexts } from '@/components/wizard/option-texts'
import type { SelectionEffects } from '@/lib/domain/plan/effects'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'

const facts = { nodes: 23, pods: 300, podsUnknownOn: 0, clusterNodes: 50 }

test('each switch states the default that the API documents', () => {
  for (const { name, byDefault } of switchTexts) expect(byDefault === 'on', name).toBe(defaultMigrationOptions[name])
})

test('pods that Spot did not count are not called none', () => {
  expect(podsText(facts)).toBe('300 pods')
  expect(podsText({ ...facts, pods: 12, podsUnknownOn: 3 })).toBe('at least 12 pods')
  expect(podsText({ ...facts, pods: 0, podsUnknownOn: 23 })).toBe('an unknown number of pods')
})

test('every reading of the batch size has its line', () => {
  expect(batchLines(20, facts)).toEqual([
    'of the selection: 5 batches of 5, the last of 3',
    'as equal parts: 5 batches of 5 and 4',
    'of the cluster’s nodes: 3 batches of 10, 10, 3',
  ])
})

test('a cluster that was not counted may go all at once, and the lines say so', () => {
  expect(batchLines(20, { ...facts, clusterNodes: null })?.at(-1)).toBe('of the cluster’s nodes: not counted, so possibly all 23 at once')
  expect(healthyLine(50, 20, { ...facts, clusterNodes: null })).toContain('A batch of 23 nodes needs 12 healthy')
})

test('no batches are shown for a number that is not valid or a selection that is empty', () => {
  expect(batchLines(null, facts)).toBeNull()
  expect(batchLines(20, { ...facts, nodes: 0 })).toBeNull()
})

test('one node a batch makes any threshold all or nothing, and says so', () => {
  expect(healthyLine(50, 20, { ...facts, nodes: 5, clusterNodes: 5 })).toContain('the first failure ends the run')
  expect(healthyLine(50, 20, { ...facts, nodes: 6 })).toContain('A batch of 6 nodes needs 3 healthy, or the run fails. Nodes skipped for a budget count as healthy. There may be batches of one node')
  expect(healthyLine(50, 20, facts)).toMatch(/^A batch of 10 nodes needs 5 healthy.*count as healthy.$/)
})

test('readings that own runs ruled out are left out', () => {
  expect(batchLines(20, facts, { holds: ['equal'] })).toEqual(['as equal parts: 5 batches of 5 and 4'])
  expect(healthyLine(50, 20, facts, { holds: ['fixed'] })).toContain('A batch of 5 nodes needs 3 healthy')
})

describe('what a switch does to the selection', () => {
  const budget = { name: 'shop/web-pdb', disruptionsAllowed: 0, currentHealthy: 2, desiredHealthy: 2, pods: 3, refused: 3, nodes: ['a', 'b'], workloads: ['Deployment shop/web'] }
  const read: SelectionEffects = {
    moved: { pods: 300, workloads: ['Deployment shop/web'] },
    budgets: { all: [budget, { ...budget, name: 'shop/api-pdb', refused: 0, disruptionsAllowed: 1 }], refusing: [budget], inTwo: { pods: ['shop/both'], nodes: ['c'] }, blockedNodes: ['a', 'b', 'c'] },
    restricted: { pods: ['shop/keep'], nodes: ['d'], workloads: ['StatefulSet shop/keep'] },
    standalone: { pods: ['shop/once', 'shop/twice'], nodes: ['e'] },
  }
  const nothing: SelectionEffects = { ...read, budgets: { all: [], refusing: [], inTwo: { pods: [], nodes: [] }, blockedNodes: [] }, restricted: { pods: [], nodes: [], workloads: [] }, standalone: { pods: [], nodes: [] } }
  const unread: SelectionEffects = { moved: null, budgets: null, restricted: null, standalone: null }
  const pools = [{ poolName: 'npweb', selected: 20, total: 42 }, { poolName: 'npapi', selected: 3, total: 3 }]
  const effectOf = (name: string, isOn: boolean, effects: SelectionEffects) => switchTexts.find((text) => text.name === name)?.effect(isOn, { facts, effects, pools })

  test.each([
    ['respectPdb', true, '3 nodes of 23 would be skipped now: 4 pods there may not be disrupted.'],
    ['respectPdb', false, '4 pods would be evicted against a budget that refuses now, on 3 nodes; 6 pods under 2 budgets go unasked.'],
    ['respectRestrictScaleDown', true, '1 node of 23 would be skipped, for 1 pod.'],
    ['respectRestrictScaleDown', false, '1 pod on 1 node asks to be left alone and is moved all the same.'],
    ['shouldTerminateNodes', true, 'Up to 23 old nodes of 2 pools will be deleted from Azure. Their pools are switched to manual scaling, and nothing switches them back.'],
    ['shouldTerminateNodes', false, 'Up to 23 old nodes of 2 pools will stay, empty and cordoned, and go on costing money.'],
    ['shouldEvictStandalonePods', true, '2 stand-alone pods on 1 node will be evicted and not come back by themselves.'],
    ['shouldEvictStandalonePods', false, '1 node of 23 will not be replaced and has to be emptied by hand, for 2 stand-alone pods.'],
  ] as const)('%s, on: %s', (name, isOn, sentence) => {
    expect(effectOf(name, isOn, read)?.sentence).toBe(sentence)
  })

  test('names stand behind every count', () => {
    expect(effectOf('respectPdb', true, read)?.lists).toEqual([
      { title: '3 nodes that would be skipped', names: ['a', 'b', 'c'] },
      { title: '1 budget that refuses now', names: ['shop/web-pdb: 3 pods of Deployment shop/web on 2 nodes, lets 0 go, 2 healthy, 2 needed'] },
      { title: '1 pod under two budgets, never evicted', names: ['shop/both'] },
      { title: '2 budgets in all', names: [expect.stringMatching(/^shop\/web-pdb/), expect.stringMatching(/^shop\/api-pdb/)] },
    ])
    expect(effectOf('shouldTerminateNodes', true, read)?.lists).toEqual([{ title: '2 pools', names: ['npweb: 20 of 42 nodes', 'npapi: 3 of 3 nodes'] }, { title: '1 workload, 300 pods of which leave these nodes first', names: ['Deployment shop/web'] }])
    expect(effectOf('shouldTerminateNodes', true, unread)?.lists).toHaveLength(1)
    expect(effectOf('respectRestrictScaleDown', false, read)?.lists.at(-1)).toEqual({ title: '1 workload', names: ['StatefulSet shop/keep'] })
    expect(effectOf('shouldEvictStandalonePods', true, read)?.lists.flatMap(({ names }) => names)).toEqual(['shop/once', 'shop/twice', 'e'])
  })

  test.each(['respectPdb', 'respectRestrictScaleDown', 'shouldEvictStandalonePods'])('%s says when it changes nothing, and when that is not known', (name) => {
    for (const isOn of [true, false]) {
      expect(effectOf(name, isOn, nothing)).toMatchObject({ sentence: expect.stringContaining('nothing changes here'), lists: [] })
      expect(effectOf(name, isOn, unread)).toMatchObject({ sentence: expect.stringMatching(/not read/), lists: [] })
    }
  })
})
