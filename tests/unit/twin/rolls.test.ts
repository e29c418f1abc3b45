import { describe, expect, test } from 'vitest'
import { createTwin } from '@/lib/twin/twin'
import type { RollScope, RunOptions, StartRollInput, TwinCommand, TwinRun, TwinSpec, TwinSwitches, Workload } from '@/lib/twin/types'
import { messages, node, options, pdb, pod, spec, statuses, vng, workload } from '../../factories/twin'

const api = workload('api', { terminationMs: 2000 })
const groups = [vng('vng-1', { labels: { tier: 'web' } }), vng('vng-2', { labels: { tier: 'api' } })]

/** Four nodes of one group and one of another, each with a pod. */
const cluster = (of: Workload = api, change: Partial<TwinSpec> = {}): TwinSpec => {
  const nodes = [...'abcd'].map((name) => node(name, { vngId: 'vng-1', labels: { tier: 'web' }, poolName: 'omnp0001' }))
  const all = [...nodes, node('e', { vngId: 'vng-2', labels: { tier: 'api' }, poolName: 'omnp0002' }), node('old')]
  const owner = { ...of, replicas: 5 }
  return spec({ vngs: groups, nodes: all, workloads: [owner], pods: all.slice(0, 5).map(({ name }, index) => pod(owner, index, name)), ...change })
}

const whole: StartRollInput = { vngIds: null, nodePoolNames: null, nodeNames: null, comment: null, options: { ...options, batchSizePercentage: 50 } }

const rolled = (input: Partial<StartRollInput> = {}, given: TwinSpec = cluster(), switches: Partial<TwinSwitches> = {}, change: Partial<RunOptions> = {}) => {
  const twin = createTwin({ spec: given, seed: 1, switches })
  const outcome = twin.command({ kind: 'start-roll', input: { ...whole, ...input, options: { ...whole.options, ...change } } })
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  return { twin, run: outcome.value }
}

const groupsNow = ({ twin }: { twin: { state: { nodes: Map<string, { vngId: string | null; name: string }> } } }) =>
  [...twin.state.nodes.values()].filter(({ vngId }) => vngId !== null).map(({ vngId }) => vngId)

describe('a roll', () => {
  test('replaces every node of a group by nodes of the same group, and its pods run again', () => {
    const told = rolled({ vngIds: ['vng-1'] })
    told.twin.runToEnd()
    expect(told.run).toMatchObject({ status: 'COMPLETED', rollScope: 'Vng', numOfBatches: 2 })
    expect(statuses(told.run)).toEqual(Array(4).fill('REPLACED'))
    const { nodes, pods } = told.twin.state
    expect([...'abcd'].some((name) => nodes.has(name))).toBe(false)
    expect(nodes.has('e')).toBe(true)
    expect(new Set(groupsNow(told))).toEqual(new Set(['vng-1', 'vng-2']))
    told.twin.run(told.twin.nowMs + 600_000)
    expect([...pods.values()].map(({ phase }) => phase)).toEqual(Array(5).fill('running'))
  })

  test.each([
    ['Cluster', {}, 5],
    ['Vng', { vngIds: ['vng-2'] }, 1],
    ['Node Pool', { nodePoolNames: ['omnp0001'] }, 4],
    ['Node', { nodeNames: ['a', 'e'] }, 2],
  ] as [RollScope, Partial<StartRollInput>, number][])('of scope %s takes the nodes that Ocean manages and no others', (scope, input, count) => {
    const { run } = rolled(input)
    expect(run.rollScope).toBe(scope)
    expect(run.nodes.size).toBe(count)
    expect(run.nodes.has('old')).toBe(false)
  })

  test('divides its nodes equally over the batches, whatever reading migrations have', () => {
    const { run } = rolled({}, cluster(), { batchReading: 'M3' }, { batchSizePercentage: 34 })
    expect(run.batches.map(({ length }) => length)).toEqual([2, 2, 1])
  })

  test('skips nodes whose budget allows nothing, and completes', () => {
    const held = workload('pg', { pdbIds: ['pg'] })
    const { twin, run } = rolled({ vngIds: ['vng-1'] }, cluster(held, { pdbs: [pdb('pg', { minAvailable: '100%', expectedPods: 5 })] }))
    twin.runToEnd()
    expect(new Set(statuses(run))).toEqual(new Set(['NOT_REPLACED_DUE_TO_PDB']))
    expect(run.status).toBe('COMPLETED')
  })

  test('skips nodes that restrict scale down only where it is asked to', () => {
    const kept = workload('kept', { isScaleDownRestricted: true })
    const outcome = (respectRestrictScaleDown: boolean): TwinRun => {
      const { twin, run } = rolled({ vngIds: ['vng-2'] }, cluster(kept), {}, { respectRestrictScaleDown })
      twin.runToEnd()
      return run
    }
    expect(statuses(outcome(true))).toEqual(['NOT_REPLACED_DUE_TO_RSD'])
    expect(statuses(outcome(false))).toEqual(['REPLACED'])
  })

  test('fails below its threshold in words of a roll', () => {
    const { twin, run } = rolled({ vngIds: ['vng-1'] }, cluster(), { vngsWithoutCapacity: ['vng-1'] })
    const said = messages(twin.runToEnd())
    expect(run.status).toBe('FAILED')
    expect(said.some((message) => message.startsWith('The roll has failed due to the inability to spin up'))).toBe(true)
  })

  test('can be stopped', () => {
    const { twin, run } = rolled({ vngIds: ['vng-1'] })
    twin.run(60_000)
    expect(twin.command({ kind: 'stop-run', runId: run.id }).ok).toBe(true)
    twin.runToEnd()
    expect(run.status).toBe('STOPPED')
    expect(statuses(run)).toContain('DID_NOT_REPLACE')
  })

  test('and a migration keep each other out', () => {
    const migrate: TwinCommand = { kind: 'start-run', input: { nodeNames: ['old'], nodePoolNames: null, comment: null, options } }
    const { twin } = rolled()
    expect(twin.command(migrate)).toMatchObject({ ok: false, refusal: { status: 400, code: 'ROLL_IN_PROGRESS' } })
    twin.runToEnd()
    expect(twin.command(migrate).ok).toBe(true)
    expect(twin.command({ kind: 'start-roll', input: whole })).toMatchObject({ ok: false, refusal: { status: 400, code: 'MIGRATION_IN_PROGRESS' } })
  })

  test.each([
    ['an unknown group', { vngIds: ['vng-9'] }, 'vngIds'],
    ['an unknown pool', { nodePoolNames: ['nowhere'] }, 'nodePoolNames'],
    ['a node that Ocean does not manage', { nodeNames: ['old'] }, 'nodeNames'],
    ['two kinds of choice at once', { vngIds: ['vng-1'], nodeNames: ['a'] }, 'vngIds'],
  ])('refuses %s', (_name, input, field) => {
    const twin = createTwin({ spec: cluster(), seed: 1 })
    expect(twin.command({ kind: 'start-roll', input: { ...whole, ...input } })).toMatchObject({ ok: false, refusal: { status: 400, field } })
    expect(twin.state.runs.size).toBe(0)
  })

  test('of a cluster without managed nodes is refused', () => {
    const twin = createTwin({ spec: spec({ nodes: [node('old')] }), seed: 1 })
    expect(twin.command({ kind: 'start-roll', input: whole })).toMatchObject({ ok: false, refusal: { message: 'There are no nodes to roll' } })
  })
})
