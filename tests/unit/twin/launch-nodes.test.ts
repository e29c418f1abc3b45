import { describe, expect, test } from 'vitest'
import { templateGroupId } from '@/lib/twin/groups'
import { createTwin } from '@/lib/twin/twin'
import type { LaunchNodesInput, TwinSpec, TwinSwitches } from '@/lib/twin/types'
import { messages, spec, vng } from '../../factories/twin'

const wanted: LaunchNodesInput = { vngIds: null, count: 4, preferredLifecycle: 'OnDemand', vmSizes: [], zones: null }

const launch = (input: Partial<LaunchNodesInput>, given: Partial<TwinSpec>, switches: Partial<TwinSwitches> = {}) => {
  const twin = createTwin({ spec: spec(given), seed: 1, switches })
  const outcome = twin.command({ kind: 'launch-nodes', input: { ...wanted, ...input } })
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  const counts = Object.fromEntries(outcome.value.launched.map(({ vngId, count }) => [vngId, count]))
  return { ...outcome.value, counts, said: messages(twin.run(600_000)), nodes: [...twin.state.nodes.values()] }
}

describe('nodes launched on demand', () => {
  test('take turns over the groups', () => {
    expect(launch({}, { vngs: [vng('a'), vng('b')] })).toMatchObject({ counts: { a: 2, b: 2 }, nodesLeft: 0 })
  })

  test('go to the others once a group is full, and that is said once', () => {
    const { counts, nodesLeft, said } = launch({ count: 5 }, { vngs: [vng('a', { maxCount: 1 }), vng('b')] })
    expect({ counts, nodesLeft }).toEqual({ counts: { a: 1, b: 4 }, nodesLeft: 0 })
    expect(said.filter((message) => message.includes('a cannot grow'))).toHaveLength(1)
  })

  test('count towards the limits of the cluster with all of their size', () => {
    const launched = (maxVCpu: number) => launch({}, { cluster: { ...spec({}).cluster, maxVCpu }, vngs: [vng('a')] })
    expect(launched(16).nodes).toHaveLength(4)
    expect(launched(15)).toMatchObject({ counts: { a: 3 }, nodesLeft: 1 })
  })

  test('avoid a zone without capacity', () => {
    const { nodes } = launch({}, { vngs: [vng('a')] }, { zonesWithoutCapacity: ['westeurope-2'] })
    expect(nodes.map(({ zone }) => zone).sort()).toEqual(['westeurope-1', 'westeurope-1', 'westeurope-3', 'westeurope-3'])
  })

  test('come two to five minutes after they were asked for, each in its own time', () => {
    const twin = createTwin({ spec: spec({ vngs: [vng('a')] }), seed: 1 })
    twin.command({ kind: 'launch-nodes', input: { ...wanted, count: 40 } })
    const afterMs = twin.run(600_000).flatMap((event) => (event.kind === 'node-ready' ? [event.tMs] : []))
    expect(afterMs).toHaveLength(40)
    expect([Math.min(...afterMs) >= 120_000, Math.max(...afterMs) <= 300_000]).toEqual([true, true])
    expect(new Set(afterMs).size).toBeGreaterThan(30)
  })

  test('are on-demand at times where the spot market is short and the group falls back, and are not got where it does not', () => {
    const got = (fallbackToOd: boolean) => {
      const { nodes } = launch({ count: 200, preferredLifecycle: null }, { vngs: [vng('a', { spotPercentage: 100, fallbackToOd })] })
      return { onDemand: nodes.filter(({ lifecycle }) => lifecycle === 'OnDemand').length, all: nodes.length }
    }
    expect(got(false).onDemand).toBe(0)
    expect(got(false).all).toBeLessThan(200)
    expect(got(true).all).toBe(200)
    expect(got(true).onDemand).toBeGreaterThan(0)
    expect(got(true).onDemand).toBeLessThan(40)
  })

  test('come from the template where there is no group, or where it is named', () => {
    expect(launch({}, {}).counts).toEqual({ [templateGroupId]: 4 })
    expect(launch({ vngIds: [templateGroupId] }, { vngs: [vng('a')] }).counts).toEqual({ [templateGroupId]: 4 })
  })
})
