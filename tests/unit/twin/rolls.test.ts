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

  test('stays in the node’s own group, whatever its labels match by now', () => {
    const relabelled = cluster().nodes.map((one) => (one.vngId === 'vng-1' ? { ...one, labels: { tier: 'api' } } : one))
    const told = rolled({ vngIds: ['vng-1'] }, cluster(api, { nodes: relabelled }))
    told.twin.runToEnd()
    expect(told.run.status).toBe('COMPLETED')
    expect(groupsNow(told).filter((id) => id === 'vng-2')).toHaveLength(1)
    expect(groupsNow(told)).toContain('vng-1')
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
    const { run } = rolled({}, cluster(), { batchReading: 'M1' }, { batchSizePercentage: 30 })
    expect(run.batches.map(({ length }) => length)).toEqual([2, 1, 1, 1])
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

  test.each([
    ['FAILED', 50],
    ['PARTLY_COMPLETED', 1],
  ])('of which three of four nodes get no replacement is %s at a threshold of %i %%', (status, batchMinHealthyPercentage) => {
    const { twin, run } = rolled({ vngIds: ['vng-1'] }, cluster(), { cursedNodes: ['a', 'b', 'c'] }, { batchSizePercentage: 100, batchMinHealthyPercentage })
    twin.runToEnd()
    expect(statuses(run).filter((one) => one === 'COULD_NOT_BE_REPLACED')).toHaveLength(3)
    expect(run.status).toBe(status)
  })

  test('is COMPLETED from half of its nodes on, where a migration is not', () => {
    const { twin, run } = rolled({ vngIds: ['vng-1'] }, cluster(), { cursedNodes: ['a', 'b'] }, { batchSizePercentage: 100 })
    twin.runToEnd()
    expect(statuses(run).filter((one) => one === 'REPLACED')).toHaveLength(2)
    expect(run.status).toBe('COMPLETED')
  })

  test('does not start a batch after one below the threshold', () => {
    const { twin, run } = rolled({ vngIds: ['vng-1'] }, cluster(), { cursedBatches: [1] })
    twin.runToEnd()
    expect(run).toMatchObject({ status: 'FAILED', currentBatch: 1 })
    expect(run.batches[1]?.map((name) => run.nodes.get(name)?.status)).toEqual(['DID_NOT_REPLACE', 'DID_NOT_REPLACE'])
  })

  test('tells its start and its end in the vendor’s words', () => {
    const { twin, run } = rolled({ vngIds: ['vng-1'] })
    const said = messages(twin.runToEnd())
    expect(said[0]).toBe(`Roll ${run.id} has started. Number of batches 2.`)
    expect(said).toContain(`Roll ${run.id} has completed successfully.`)
  })

  test.each([
    ['More than 50 percent of nodes could not be replaced', { vngsWithoutCapacity: ['vng-1'] }],
    ['The Ocean Controller is not active', { incidents: [{ inBatch: 1, afterMs: 1000, kind: 'controller-falls-silent' }] }],
    ['The roll has been stuck in the same status for too long', { technicalTimeoutMs: 60_000 }],
  ] as [string, Partial<TwinSwitches>][])('fails for the reason that the vendor gives: %s', (reason, switches) => {
    const { twin, run } = rolled({ vngIds: ['vng-1'] }, cluster(), switches)
    expect(messages(twin.runToEnd())).toContain(`Roll ${run.id} has failed. Reason ${reason}.`)
    expect(run.status).toBe('FAILED')
  })

  test('can be stopped: what was replaced stays so, the rest is given back', () => {
    const { twin, run } = rolled({ vngIds: ['vng-1'] })
    while (run.currentBatch === 1) twin.run(twin.nowMs + 15_000)
    expect(twin.command({ kind: 'stop-run', runId: run.id }).ok).toBe(true)
    expect(messages(twin.runToEnd())).toContain(`Roll ${run.id} has stopped.`)
    expect(run.status).toBe('STOPPED')
    expect(statuses(run)).toEqual(['REPLACED', 'REPLACED', 'DID_NOT_REPLACE', 'DID_NOT_REPLACE'])
    for (const name of run.batches[1] ?? []) expect(twin.state.nodes.get(name)?.isCordoned).toBe(false)
  })

  test('knows when it last changed', () => {
    const { twin, run } = rolled({ vngIds: ['vng-1'] })
    expect(run.changedAtMs).toBe(run.createdAtMs)
    twin.run(60_000)
    expect(run.changedAtMs).toBeGreaterThan(run.createdAtMs)
    twin.runToEnd()
    expect(run.changedAtMs).toBe(run.endedAtMs)
  })

  test('in batches of 0 percent takes one node at a time', () => {
    expect(rolled({}, cluster(), {}, { batchSizePercentage: 0 }).run.batches.map(({ length }) => length)).toEqual([1, 1, 1, 1, 1])
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
