import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isFinalRun } from '@/lib/domain/run-rules'
import { generateCluster } from '@/lib/twin/generate/cluster'
import { matchOf } from '@/lib/twin/match'
import { createTwin } from '@/lib/twin/twin'
import type { TwinEvent, TwinSpec } from '@/lib/twin/types'
import { progressPercentage } from '@/lib/twin/views'
import { repeats } from '@/tests/support/soak'
import { watch } from '../../factories/twin-watch'

const minuteMs = 60_000

const story = fc.record({
  seed: fc.nat(10_000),
  nodes: fc.integer({ min: 8, max: 26 }),
  podsPerNode: fc.integer({ min: 1, max: 14 }),
  cursed: fc.integer({ min: 0, max: 3 }),
  stopAtSecond: fc.option(fc.integer({ min: 0, max: 1800 })),
  options: fc.record({
    batchSizePercentage: fc.integer({ min: 0, max: 100 }),
    batchMinHealthyPercentage: fc.integer({ min: 1, max: 100 }),
    respectPdb: fc.boolean(),
    respectRestrictScaleDown: fc.boolean(),
    shouldTerminateNodes: fc.constant(true),
    shouldEvictStandalonePods: fc.constant(true),
  }),
})
type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never

/** A cluster that has been migrated: what a group takes is in it. */
const migrated = (spec: TwinSpec): TwinSpec => ({
  ...spec,
  nodes: spec.nodes.map((node) => {
    const match = node.mode === 'user' && node.vngId === null ? matchOf(node, spec.vngs) : null
    return match === null || match === 'Default' ? node : { ...node, vngId: match }
  }),
})

const tell = ({ seed, nodes, podsPerNode, cursed, stopAtSecond, options }: Story) => {
  const spec = migrated(generateCluster({ seed, clusterId: 'o-1a2b3c4d', name: 'prod', nodes, pods: nodes * podsPerNode }))
  const managed = spec.nodes.filter(({ vngId }) => vngId !== null).map(({ name }) => name)
  const twin = createTwin({ spec, seed, switches: { cursedNodes: managed.slice(0, cursed) } })
  const outcome = twin.command({ kind: 'start-roll', input: { vngIds: null, nodePoolNames: null, nodeNames: null, comment: null, options } })
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  const events: TwinEvent[] = []
  if (stopAtSecond !== null) {
    events.push(...twin.run(stopAtSecond * 1000))
    twin.command({ kind: 'stop-run', runId: outcome.value.id })
  }
  events.push(...twin.runToEnd(), ...twin.run(twin.nowMs + 30 * minuteMs))
  return { spec, twin, run: outcome.value, events, managed }
}

/** Ocean takes nodes that no pod needs away by itself, and says so. */
const scaledDown = (events: readonly TwinEvent[]): Set<string> =>
  new Set(events.flatMap((event) => (event.kind === 'log' && event.message.startsWith('Scaling down node ') ? [event.resourceId ?? ''] : [])))

const isTried = (status: string) => !['TO_BE_REPLACED', 'IN_PROGRESS', 'DID_NOT_REPLACE'].includes(status)

describe('whatever happens to a roll', () => {
  test('no pod is doubled or misplaced, no node overfilled, no respected budget overdrawn, no batch goes back', () => {
    fc.assert(
      fc.property(story, (given) => {
        const { spec, events } = tell(given)
        expect(watch(spec, events).faults).toEqual([])
      }),
      { numRuns: repeats(80, 3_000) },
    )
  })

  test('it ends with an outcome for every node that Ocean managed, and for no other', () => {
    fc.assert(
      fc.property(story, (given) => {
        const { run, managed } = tell(given)
        const nodes = [...run.nodes.values()]
        expect(isFinalRun(run.status)).toBe(true)
        expect([...run.nodes.keys()].sort()).toEqual([...managed].sort())
        expect(nodes.some(({ status }) => status === 'TO_BE_REPLACED' || status === 'IN_PROGRESS')).toBe(false)
        expect(progressPercentage(run) === 100).toBe(nodes.every(({ status }) => isTried(status)))
      }),
      { numRuns: repeats(80, 3_000) },
    )
  })

  test('replaced and idle nodes are gone, the others are there and open, and workloads have their replicas again', () => {
    fc.assert(
      fc.property(story, (given) => {
        const { spec, twin, run, events } = tell(given)
        const { nodes, pods } = twin.state
        const idle = scaledDown(events)
        for (const { name } of spec.nodes) {
          const isGone = run.nodes.get(name)?.status === 'REPLACED' || idle.has(name)
          expect([name, nodes.has(name), nodes.get(name)?.isCordoned ?? false]).toEqual([name, !isGone, false])
        }
        const counts = new Map<string, number>()
        for (const { workloadId } of pods.values()) counts.set(workloadId, (counts.get(workloadId) ?? 0) + 1)
        for (const { id, kind, replicas } of spec.workloads)
          if (kind !== 'DaemonSet' && kind !== 'Standalone') expect([id, counts.get(id)]).toEqual([id, replicas])
      }),
      { numRuns: repeats(80, 3_000) },
    )
  })
})
