import { describe, expect, test } from 'vitest'
import { allowedDisruptions, budgetsOf, mayEvict, wantedHealthy } from '@/lib/twin/budget'
import { createState } from '@/lib/twin/state'
import type { Pod, TwinState } from '@/lib/twin/types'
import { node, pdb, pod, spec, workload } from '../../factories/twin'

const cluster = (rule: Parameters<typeof pdb>[1], ready: number, unready: number) => {
  const owner = workload('api', { pdbIds: ['api'], replicas: ready + unready })
  const pods = Array.from({ length: ready + unready }, (_, index) => pod(owner, index, 'n', index < ready ? {} : { phase: 'starting', isBroken: true }))
  const state = createState(spec({ nodes: [node('n')], workloads: [owner], pdbs: [pdb('api', { ...rule, expectedPods: ready + unready })], pods }))
  return { pods, state }
}

const goes = (state: TwinState, entry: Pod) => mayEvict(entry, budgetsOf(state, entry))

describe('disruption budgets', () => {
  test.each([
    [{ minAvailable: 2 }, 2],
    [{ minAvailable: '50%' }, 4],
    [{ maxUnavailable: 2 }, 5],
    [{ maxUnavailable: '25%' }, 5],
    [{ minAvailable: '100%' }, 7],
  ] as const)('of seven pods %j wants %i healthy: percentages are rounded up', (rule, wanted) => {
    expect(wantedHealthy(pdb('x', { ...rule, expectedPods: 7 }))).toBe(wanted)
  })

  test('only ready pods count as healthy', () => {
    const { state } = cluster({ minAvailable: 2 }, 3, 2)
    expect([...state.budgets.values()].map(allowedDisruptions)).toEqual([1])
  })

  test('a ready pod may not go when the budget is exactly met, one that is not ready may', () => {
    const { state, pods } = cluster({ minAvailable: 3 }, 3, 1)
    expect(pods.map((entry) => goes(state, entry))).toEqual([false, false, false, true])
  })

  test('a pod whose containers do not run yet goes whatever its budgets say', () => {
    const { state, pods } = cluster({ minAvailable: '100%' }, 2, 1)
    expect(pods.map((entry) => goes(state, { ...entry, phase: 'starting', isBroken: false }))).toEqual([true, true, true])
    const owner = workload('api', { pdbIds: ['one', 'two'], replicas: 1 })
    const coming = pod(owner, 0, 'n', { phase: 'starting' })
    const pdbs = [pdb('one', { minAvailable: 1 }), pdb('two', { minAvailable: 1 })]
    expect(goes(createState(spec({ nodes: [node('n')], workloads: [owner], pdbs, pods: [coming] })), coming)).toBe(true)
  })

  test('a pod under two budgets never goes, however much either allows', () => {
    const owner = workload('api', { pdbIds: ['one', 'two'], replicas: 3 })
    const pods = [0, 1, 2].map((index) => pod(owner, index, 'n', { phase: 'running' }))
    const pdbs = [pdb('one', { minAvailable: 0, expectedPods: 3 }), pdb('two', { maxUnavailable: 3, expectedPods: 3 })]
    const state = createState(spec({ nodes: [node('n')], workloads: [owner], pdbs, pods }))
    expect(pods.map((entry) => goes(state, entry))).toEqual([false, false, false])
  })

  test('a budget that wants no pod healthy lets one go only while one is ready, as Kubernetes has it', () => {
    const ready = cluster({ minAvailable: 0 }, 1, 1)
    expect(ready.pods.map((entry) => goes(ready.state, entry))).toEqual([true, true])
    const unready = cluster({ minAvailable: 0 }, 0, 2)
    expect(unready.pods.map((entry) => goes(unready.state, entry))).toEqual([false, false])
  })

  test('no pod may go when the budget is already broken', () => {
    const { state, pods } = cluster({ minAvailable: 3 }, 2, 1)
    expect(pods.map((entry) => goes(state, entry))).toEqual([false, false, false])
  })
})
