import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generateCluster } from '@/lib/twin/generate/cluster'
import { createState } from '@/lib/twin/state'
import { createTwin } from '@/lib/twin/twin'
import { allowedDisruptions } from '@/lib/twin/budget'
import { mayRunOn } from '@/lib/twin/constraints'
import { discover, progressPercentage } from '@/lib/twin/views'
import { options } from '../../factories/twin'
import { repeats } from '@/tests/support/soak'

const made = (nodes: number, pods?: number, seed = 7, scenario?: 'calm' | 'mixed') =>
  generateCluster({ seed, clusterId: 'o-1a2b3c4d', name: 'prod', nodes, ...(pods === undefined ? {} : { pods }), ...(scenario === undefined ? {} : { scenario }) })

describe('a generated cluster', () => {
  test('the same seed gives the same cluster, another seed another', () => {
    expect(JSON.stringify(made(40))).toBe(JSON.stringify(made(40)))
    expect(JSON.stringify(made(40))).not.toBe(JSON.stringify(made(40, undefined, 8)))
  })

  test('names of nodes, pods and pools are those of AKS and occur once', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: 0, max: 400 }), (seed, nodes) => {
        const spec = made(nodes, undefined, seed)
        const names = spec.nodes.map(({ name }) => name)
        expect(new Set(names).size).toBe(names.length)
        for (const { name, poolName } of spec.nodes) expect(name).toMatch(new RegExp(`^aks-${poolName}-\\d{8}-vmss[0-9a-z]{6}$`))
        expect(new Set(spec.pods.map(({ id }) => id)).size).toBe(spec.pods.length)
        expect(new Set(spec.workloads.map(({ id }) => id)).size).toBe(spec.workloads.length)
        for (const { name, vngId } of spec.pools) expect(vngId === null || /^omnp[0-9a-f]{8}$/.test(name)).toBe(true)
      }),
      // Of these two, two pods of one workload drew the same ending.
      { numRuns: repeats(25, 1_000), examples: [[4, 127]] },
    )
  })

  test('no node is overfilled, and every pod fits where it is', () => {
    const spec = made(200, 4000)
    const state = createState(spec)
    for (const node of spec.nodes) {
      const used = state.loads.get(node.name)
      expect(used?.milliCpu).toBeLessThanOrEqual(node.allocatable.milliCpu)
      expect(used?.memoryMiB).toBeLessThanOrEqual(node.allocatable.memoryMiB)
      expect(used?.gpu).toBeLessThanOrEqual(node.allocatable.gpu)
    }
    for (const pod of spec.pods) {
      const workload = state.workloads.get(pod.workloadId)
      const node = state.nodes.get(pod.nodeName ?? '')
      if (pod.phase === 'pending') expect(pod.nodeName, pod.id).toBeNull()
      else if (workload !== undefined && node !== undefined) expect(workload.kind === 'DaemonSet' || mayRunOn(workload, node), pod.id).toBe(true)
      else expect.fail(`${pod.id} is nowhere`)
    }
  })

  test('it has what a newcomer has to find: a match, the template, no match, managed nodes, a budget that allows nothing, a stand-alone pod', () => {
    const spec = made(120)
    const state = createState(spec)
    const matches = new Map(discover(state).map(({ node, match }) => [node.poolName, match]))
    expect(matches.get('npweb')).toMatch(/^vng-/)
    expect([matches.get('npbatch'), matches.get('npgpu')]).toEqual(['Default', null])
    expect(spec.nodes.some(({ vngId }) => vngId !== null)).toBe(true)
    expect([...state.budgets.values()].some((budget) => allowedDisruptions(budget) === 0)).toBe(true)
    expect(spec.workloads.some(({ kind }) => kind === 'Standalone')).toBe(true)
  })

  test('a calm one has no budget that allows nothing and no stand-alone pod', () => {
    const spec = made(120, undefined, 7, 'calm')
    const state = createState(spec)
    expect([...state.budgets.values()].filter((budget) => allowedDisruptions(budget) === 0)).toEqual([])
    expect(spec.workloads.some(({ kind }) => kind === 'Standalone')).toBe(false)
  })

  test.each([
    [1000, 10_000],
    [2000, 60_000],
  ])('%i nodes take %i pods besides those of DaemonSets, one in fifty more or less', (nodes, pods) => {
    const spec = made(nodes, pods)
    const daemons = new Set(spec.workloads.flatMap(({ id, kind }) => (kind === 'DaemonSet' ? [id] : [])))
    const count = spec.pods.filter(({ workloadId }) => !daemons.has(workloadId)).length
    expect(Math.abs(count - pods) / pods).toBeLessThan(0.02)
  })

  test.each([0, 1, 5, 12])('%i nodes are a cluster too', (nodes) => {
    const twin = createTwin({ spec: made(nodes), seed: 1 })
    expect(() => twin.run(600_000)).not.toThrow()
  })
})

test('a thousand nodes and ten thousand pods run to the end, and every node that could be tried was', () => {
  const spec = made(1000, 10_000)
  const twin = createTwin({ spec, seed: 7 })
  const nodeNames = discover(twin.state).flatMap(({ node, match }) => (match === null ? [] : [node.name]))
  const outcome = twin.command({ kind: 'start-run', input: { nodeNames, nodePoolNames: null, comment: null, options } })
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  twin.runToEnd()
  expect(outcome.value.status).toBe('COMPLETED')
  expect(progressPercentage(outcome.value)).toBe(100)
  const waitedBefore = spec.pods.filter(({ phase }) => phase === 'pending').map(({ workloadId }) => workloadId)
  expect([...twin.state.pending].map((id) => twin.state.pods.get(id)?.workloadId)).toEqual(waitedBefore)
})
