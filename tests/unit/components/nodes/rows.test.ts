import { expect, test } from 'vitest'
import { choicesOf } from '@/components/domain/choices'
import { filterNodes, isFiltered, readinessCounts, type NodesFilter } from '@/components/nodes/filter'
import { groupKeys, summarise } from '@/components/nodes/group'
import { indexNodes } from '@/components/nodes/node-index'
import { podsText } from '@/components/nodes/words'
import type { NodeRow, NodesAnswer } from '@/lib/contract/nodes'

const row = (overrides: Partial<NodeRow>): NodeRow => ({
  nodeName: 'aks-npweb-1-vmss000000',
  poolName: 'npweb',
  runningPods: 5,
  match: { kind: 'vng', vngId: 'vng-1', vngName: 'web' },
  readiness: 'ready',
  findings: [],
  vmSize: 'Standard_D8s_v5',
  zone: '1',
  spec: 0,
  ...overrides,
})

const answer: NodesAnswer = {
  nodes: [
    row({}),
    row({ nodeName: 'aks-npweb-1-vmss000001', zone: '2', runningPods: 7 }),
    row({ nodeName: 'aks-npgpu-1-vmss000000', poolName: 'npgpu', match: { kind: 'none' }, readiness: 'unable', findings: [0], spec: 1 }),
    row({ nodeName: 'aks-npbatch-1-vmss000000', poolName: 'npbatch', match: { kind: 'default' }, runningPods: null, spec: null }),
  ],
  specs: [
    { labels: { tier: 'web' }, taints: [] },
    { labels: { gpu: 'nvidia' }, taints: ['sku=gpu:NO_SCHEDULE'] },
  ],
  findings: [{ id: 'no-vng-match', severity: 'blocker', sentence: 'No group matches.', remedy: 'Create one.' }],
  vngs: [],
  clusterNodes: 4,
  fetchedAtMs: 0,
  problems: [],
  drift: [],
}
const nodes = indexNodes(answer)
const everything: NodesFilter = { search: '', readiness: [], pools: [], matches: [], findings: [], zones: [] }
const names = (filter: Partial<NodesFilter>) => filterNodes(nodes, { ...everything, ...filter }).map(({ nodeName }) => nodeName)

test('the search looks through names, labels and taints, every word required', () => {
  expect(names({ search: 'NVIDIA' })).toEqual(['aks-npgpu-1-vmss000000'])
  expect(names({ search: 'sku=gpu npgpu' })).toEqual(['aks-npgpu-1-vmss000000'])
  expect(names({ search: 'nvidia npweb' })).toEqual([])
})

test('filters of one kind are alternatives, of different kinds conditions', () => {
  expect(names({ pools: ['npweb', 'npgpu'], zones: ['1'] })).toEqual(['aks-npweb-1-vmss000000', 'aks-npgpu-1-vmss000000'])
  expect(names({ matches: ['none'] })).toEqual(['aks-npgpu-1-vmss000000'])
  expect(names({ findings: ['no-vng-match'] })).toEqual(['aks-npgpu-1-vmss000000'])
})

test('a chip counts what choosing it would show, whatever chip is chosen now', () => {
  expect(readinessCounts(nodes, { ...everything, readiness: ['unable'] })).toEqual({ ready: 3, 'needs-validation': 0, unable: 1, held: 0 })
  expect(readinessCounts(nodes, { ...everything, pools: ['npweb'] })).toMatchObject({ ready: 2, unable: 0 })
})

test('a group tells its nodes apart by readiness and names its chief finding', () => {
  const members = (poolName: string) => nodes.filter((node) => groupKeys.pool(node) === poolName)
  expect(summarise(members('npweb'))).toMatchObject({ pods: 12, zones: ['1', '2'], matches: [{ kind: 'vng', vngId: 'vng-1' }], readiness: { ready: 2 }, chief: null })
  expect(summarise(members('npgpu')).chief).toMatchObject({ count: 1, finding: { id: 'no-vng-match' } })
  const [one] = members('npweb')
  const warning = { id: 'restrict-scale-down', severity: 'warning', sentence: 'Restrict.', remedy: 'Mind it.' } as const
  const blocker = { id: 'no-vng-match', severity: 'blocker', sentence: 'No group.', remedy: 'Create one.' } as const
  const mixed = [['needs-validation', [warning]], ['needs-validation', [warning]], ['unable', [warning, blocker]], ['ready', [warning]]] as const
  expect(summarise(mixed.map(([readiness, reasons]) => ({ ...one!, readiness, reasons: [...reasons] }))), 'the reason belongs to the state it stands beside').toMatchObject({ worst: 'unable', chief: { count: 1, finding: blocker } })
  expect(summarise(members('npbatch')).pods, 'an unknown count is not added as zero').toBeNull()
})

test('choices are offered with their counts, most first', () => {
  expect(choicesOf(nodes, ({ poolName }) => [poolName])).toEqual([
    { value: 'npweb', count: 2 },
    { value: 'npbatch', count: 1 },
    { value: 'npgpu', count: 1 },
  ])
})

test('a page without filters is not filtered', () => {
  expect(isFiltered(everything)).toBe(false)
  expect(isFiltered({ ...everything, search: ' x' })).toBe(true)
})

test('pods that Spot did not count are not told as none', () => {
  expect([podsText(nodes), podsText(nodes.slice(0, 2)), podsText([])]).toEqual(['17 pods, not counted on 1 node', '12 pods', '0 pods'])
})
