import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { budgetLoads, overdraftsIn, smallerBatch, splitIntoRuns } from '@/lib/domain/batches/budget-load'
import { composeBatches } from '@/lib/domain/batches/compose'
import { budget, node, planFacts, pods } from '../plan/build'

const of = (name: string, ...held: [budget: number, pods: number][]) => node(name, { pods: pods({ budgets: held.map(([index, count]) => ({ budget: index, pods: count, refused: 0, workloads: [] })) }) })
const batchNode = (nodeName: string) => ({ nodeName, poolName: 'web', runningPods: 3 })
const names = (count: number) => Array.from({ length: count }, (_, index) => `n${String(index).padStart(3, '0')}`)
const loadsOf = (nodes: ReturnType<typeof of>[], ...allowed: number[]) => {
  const loads = budgetLoads(planFacts({ nodes, budgets: allowed.map((count, index) => budget(`shop/b${index}`, count)) }))
  if (loads === null) throw new Error('budgets were read')
  return loads
}

describe('which batch overdraws which budget', () => {
  const loads = loadsOf([of('a', [0, 1]), of('b', [0, 1]), of('c', [0, 1], [1, 5])], 2, 0)
  test.each([
    ['as many as allowed', [2, 1], []],
    ['more than allowed', [3], [{ batch: 1, budget: 'shop/b0', allowed: 2, pods: 3, nodes: ['a', 'b', 'c'] }]],
  ])('%s', (_, sizes, expected) => {
    expect(overdraftsIn(composeBatches(['a', 'b', 'c'].map(batchNode), sizes), loads)).toEqual(expected)
  })

  test('without budgets nothing is known', () => {
    expect(budgetLoads(planFacts({ kubernetes: { isConnected: false, arePodsRead: false, areBudgetsRead: false, autoscalers: null, poolScaling: { state: 'not-read', why: null } } }))).toBeNull()
  })
})

describe('a batch that overdraws nothing', () => {
  const ten = names(10)
  const search = (loads: ReturnType<typeof loadsOf>, percentage = 50, clusterNodes: number | null = null) => ({
    nodes: ten.map(batchNode),
    input: { selected: 10, percentage, clusterNodes },
    learned: { holds: clusterNodes === null ? ['fixed' as const] : [] },
    loads,
  })

  test('is the largest that does', () => {
    expect(smallerBatch(search(loadsOf(ten.map((name) => of(name, [0, 1])), 3)))).toEqual({ percentage: 30, batches: 4 })
  })

  test('is smaller than the present one, whatever that is', () => {
    expect(smallerBatch(search(loadsOf(ten.map((name) => of(name, [0, 1])), 3), 30))).toEqual({ percentage: 29, batches: 4 })
  })

  test('is offered for every reading that is still possible', () => {
    expect(smallerBatch(search(loadsOf(ten.map((name) => of(name, [0, 1])), 3), 50, 30))).toEqual({ percentage: 10, batches: 10 })
  })

  test('there is none where the smallest batch holds too much', () => {
    expect(smallerBatch(search(loadsOf(ten.map((name) => of(name, [0, 1])), 1), 20, 500))).toBeNull()
  })

  test('what one node overdraws by itself does not stand in the way of the others', () => {
    const loads = loadsOf([of('n000', [0, 9]), ...ten.slice(1).map((name) => of(name, [1, 1]))], 3, 2)
    expect(smallerBatch(search(loads))).toEqual({ percentage: 20, batches: 5 })
  })
})

describe('runs that keep nodes apart', () => {
  test('hold as many nodes as the budgets let go together', () => {
    const loads = loadsOf([of('a', [0, 1]), of('b', [0, 1]), of('c', [0, 1]), of('d')], 2)
    expect(splitIntoRuns(['a', 'b', 'c', 'd'].map(batchNode), loads).map((run) => run.map(({ nodeName }) => nodeName))).toEqual([['a', 'b', 'd'], ['c']])
  })

  test('divide the selection and overdraw no budget by two nodes together', () => {
    const input = fc.record({ allowed: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 3 }), held: fc.array(fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 4 })), { maxLength: 2 }), { maxLength: 40 }) })
    fc.assert(
      fc.property(input, ({ allowed, held }) => {
        const nodes = held.map((each, index) => of(`n${index}`, ...[...new Map(each)]))
        const loads = loadsOf(nodes, ...allowed)
        const runs = splitIntoRuns(nodes.map(({ nodeName }) => batchNode(nodeName)), loads)
        expect(runs.flat().map(({ nodeName }) => nodeName).sort()).toEqual(nodes.map(({ nodeName }) => nodeName).sort())
        for (const run of runs) expect(overdraftsIn([{ number: 1, nodes: run }], loads).every((each) => each.nodes.length === 1)).toBe(true)
      }),
    )
  })
})
