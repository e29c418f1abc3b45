import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isFinalRun } from '@/lib/domain/run-rules'
import { generateCluster } from '@/lib/twin/generate/cluster'
import { createTwin } from '@/lib/twin/twin'
import type { Incident, RunOptions, Twin, TwinCommand, TwinEvent, TwinRun, TwinSpec, TwinSwitches } from '@/lib/twin/types'
import { progressPercentage } from '@/lib/twin/views'
import { options } from '../../factories/twin'
import { watch } from '../../factories/twin-watch'
import { repeats } from '@/tests/support/soak'

const minuteMs = 60_000

const runOptions: fc.Arbitrary<RunOptions> = fc.record({
  batchSizePercentage: fc.integer({ min: 1, max: 100 }),
  batchMinHealthyPercentage: fc.integer({ min: 1, max: 100 }),
  respectPdb: fc.boolean(),
  respectRestrictScaleDown: fc.boolean(),
  shouldTerminateNodes: fc.boolean(),
  shouldEvictStandalonePods: fc.boolean(),
})

type Input = { atSecond: number; pick: number; kind: 'stop' | 'vanish' | 'silence' | 'speak' | 'launch' | 'taint' | 'detach' | 'barren' | 'second' }

const incident: fc.Arbitrary<Incident> = fc.record({
  inBatch: fc.integer({ min: 1, max: 4 }),
  afterMs: fc.integer({ min: 0, max: 8 * minuteMs }),
  kind: fc.constantFrom('controller-falls-silent' as const, 'old-node-vanishes' as const, 'new-spot-node-evicted' as const, 'stop-asked' as const),
})

const story = fc.record({
  seed: fc.nat(10_000),
  nodes: fc.integer({ min: 8, max: 26 }),
  podsPerNode: fc.integer({ min: 1, max: 14 }),
  share: fc.integer({ min: 1, max: 100 }),
  cursed: fc.integer({ min: 0, max: 3 }),
  options: runOptions,
  batchReading: fc.constantFrom('M1' as const, 'M2' as const, 'M2-floor' as const, 'M3' as const),
  secondRun: fc.constantFrom('refused' as const, 'beside' as const),
  spotShortagePercentage: fc.constantFrom(0, 6, 60),
  fallbackToOd: fc.boolean(),
  termination: fc.constantFrom('when-drained' as const, 'after-run' as const),
  isCordonedUpFront: fc.boolean(),
  incidents: fc.array(incident, { maxLength: 2 }),
  cursedBatches: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 1 }),
  technicalTimeoutMs: fc.option(fc.integer({ min: 0, max: 40 * minuteMs }), { freq: 3 }),
  isTerminationDenied: fc.nat(7).map((value) => value === 7),
  isUncordonDenied: fc.boolean(),
  tightness: fc.constantFrom('wide' as const, 'wide' as const, 'group' as const, 'cluster' as const),
  inputs: fc.array(
    fc.record({
      atSecond: fc.integer({ min: 0, max: 1800 }),
      pick: fc.nat(1000),
      kind: fc.constantFrom<Input['kind'][]>('stop', 'vanish', 'silence', 'speak', 'launch', 'taint', 'detach', 'barren', 'second'),
    }),
    { maxLength: 4 },
  ),
})
type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never

const commandFor = (twin: Twin, run: TwinRun, { kind, pick }: Input): TwinCommand | null => {
  const at = <Item>(items: Iterable<Item>): Item | undefined => [...items][pick % Math.max(1, [...items].length)]
  const vng = at(twin.state.vngs.keys())
  switch (kind) {
    case 'stop':
      return { kind: 'stop-run', runId: run.id }
    case 'second': {
      const free = [...twin.state.nodes.values()].filter(({ vngId, mode, name }) => vngId === null && mode === 'user' && !run.nodes.has(name))
      return free.length === 0 ? null : { kind: 'start-run', input: { nodeNames: free.slice(0, 1 + (pick % 4)).map(({ name }) => name), nodePoolNames: null, comment: null, options: run.options } }
    }
    case 'silence':
    case 'speak':
      return { kind: 'silence-controller', isSilent: kind === 'silence' }
    case 'launch':
      return { kind: 'launch-nodes', input: { vngIds: null, count: 1 + (pick % 3), preferredLifecycle: null, vmSizes: [], zones: null } }
    case 'taint':
      return vng === undefined ? null : { kind: 'update-vng', vngId: vng, settings: { taints: [{ key: `t${pick}`, value: '', effect: pick % 2 === 0 ? 'NoSchedule' : 'NoExecute' }] } }
    case 'barren':
      return vng === undefined ? null : { kind: 'set-switches', switches: { vngsWithoutCapacity: [vng] } }
    case 'detach': {
      const managed = at([...twin.state.nodes.values()].filter(({ vngId }) => vngId !== null))
      return managed === undefined ? null : { kind: 'detach-nodes', nodeNames: [managed.name] }
    }
    case 'vanish': {
      const nodeName = at(twin.state.nodes.keys())
      return nodeName === undefined ? null : { kind: 'vanish-node', nodeName }
    }
  }
}

type Told = { spec: TwinSpec; twin: Twin; run: TwinRun; events: TwinEvent[] }

/** Limits that leave room for few more of Ocean's nodes than there are. */
const tighten = (spec: TwinSpec, tightness: Story['tightness']): TwinSpec => {
  const managed = spec.nodes.filter(({ vngId }) => vngId !== null)
  const held = managed.reduce((total, { allocatable }) => total + allocatable.milliCpu, 0) / 1000
  if (tightness === 'cluster') return { ...spec, cluster: { ...spec.cluster, maxVCpu: Math.ceil(held) + 24 } }
  if (tightness === 'group') return { ...spec, vngs: spec.vngs.map((vng) => ({ ...vng, minCount: 0, maxCount: managed.filter(({ vngId }) => vngId === vng.id).length + 2 })) }
  return spec
}

const tell = ({ seed, nodes, podsPerNode, share, cursed, options, inputs, tightness, fallbackToOd, ...switched }: Story): Told => {
  const wide = generateCluster({ seed, clusterId: 'o-1a2b3c4d', name: 'prod', nodes, pods: nodes * podsPerNode })
  const spec = tighten({ ...wide, vngs: wide.vngs.map((vng) => ({ ...vng, fallbackToOd })) }, tightness)
  const candidates = spec.nodes.filter(({ vngId, mode }) => vngId === null && mode === 'user').map(({ name }) => name)
  const nodeNames = candidates.filter((_, index) => (index * 37) % 100 < share || index === 0)
  const switches: Partial<TwinSwitches> = { ...switched, cursedNodes: nodeNames.slice(0, cursed) }
  const twin = createTwin({ spec, seed, switches })
  const outcome = twin.command({ kind: 'start-run', input: { nodeNames, nodePoolNames: null, comment: 'story', options } })
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  const events: TwinEvent[] = []
  for (const input of [...inputs].sort((a, b) => a.atSecond - b.atSecond)) {
    events.push(...twin.run(input.atSecond * 1000))
    const command = commandFor(twin, outcome.value, input)
    if (command !== null) twin.command(command)
  }
  events.push(...twin.runToEnd(), ...twin.run(twin.nowMs + 30 * minuteMs))
  return { spec, twin, run: outcome.value, events }
}

const isTried = (status: string) => !['TO_BE_REPLACED', 'IN_PROGRESS', 'DID_NOT_REPLACE'].includes(status)

describe('whatever happens to a migration', () => {
  test('no pod is doubled or misplaced, no node overfilled, no respected budget overdrawn, no limit exceeded, no batch goes back, no final run changes', () => {
    fc.assert(
      fc.property(story, (given) => {
        const { spec, events } = tell(given)
        expect(watch(spec, events).faults).toEqual([])
      }),
      { numRuns: repeats(200, 8_000) },
    )
  })

  test('the state is the fold of the events', () => {
    fc.assert(
      fc.property(story, (given) => {
        const { spec, events, twin } = tell(given)
        const { state } = watch(spec, events)
        expect({ ...state, nowMs: 0 }).toEqual({ ...twin.state, nowMs: 0 })
      }),
      { numRuns: repeats(50, 1_000) },
    )
  })

  test('the same seed and inputs give the same events, byte for byte', () => {
    fc.assert(
      fc.property(story, (given) => {
        expect(JSON.stringify(tell(given).events)).toBe(JSON.stringify(tell(given).events))
      }),
      { numRuns: repeats(50, 1_000) },
    )
  })

  test('how often one looks changes nothing', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 700, max: 200_000 }), (seed, stepMs) => {
        const spec = generateCluster({ seed, clusterId: 'o-1a2b3c4d', name: 'prod', nodes: 12 })
        const look = (everyMs: number) => {
          const twin = createTwin({ spec, seed })
          twin.command({ kind: 'start-run', input: { nodeNames: null, nodePoolNames: ['npweb', 'npapi'], comment: null, options } })
          const events: TwinEvent[] = []
          for (let atMs = everyMs; atMs < 60 * minuteMs; atMs += everyMs) events.push(...twin.run(atMs))
          return JSON.stringify([...events, ...twin.run(60 * minuteMs)])
        }
        expect(look(stepMs)).toBe(look(60 * minuteMs))
      }),
      { numRuns: repeats(40, 800) },
    )
  })

  test('it ends; then every node has an outcome, and progress is 100 exactly when every node was tried', () => {
    fc.assert(
      fc.property(story, (given) => {
        const { run } = tell(given)
        const nodes = [...run.nodes.values()]
        expect(isFinalRun(run.status)).toBe(true)
        expect(nodes.some(({ status }) => status === 'TO_BE_REPLACED' || status === 'IN_PROGRESS')).toBe(false)
        expect(progressPercentage(run) === 100).toBe(nodes.every(({ status }) => isTried(status)))
      }),
      { numRuns: repeats(200, 8_000) },
    )
  })

  test('afterwards nothing starts or terminates any more but what never becomes ready, and a pod without a node says why', () => {
    fc.assert(
      fc.property(story, (given) => {
        const { twin } = tell(given)
        for (const pod of twin.state.pods.values()) {
          if (!pod.isBroken) expect(['running', 'pending']).toContain(pod.phase)
          if (pod.phase === 'pending') expect(pod.reason).not.toBeNull()
        }
      }),
      { numRuns: repeats(120, 2_400) },
    )
  })

  test('workloads have their replicas again, stand-alone pods excepted', () => {
    fc.assert(
      fc.property(story, (given) => {
        const { spec, twin } = tell(given)
        const counts = new Map<string, number>()
        for (const { workloadId } of twin.state.pods.values()) counts.set(workloadId, (counts.get(workloadId) ?? 0) + 1)
        for (const { id, kind, replicas } of spec.workloads)
          if (kind !== 'DaemonSet' && kind !== 'Standalone') expect([id, counts.get(id)]).toEqual([id, replicas])
      }),
      { numRuns: repeats(120, 2_400) },
    )
  })

  test('a stop ends within ten minutes', () => {
    fc.assert(
      fc.property(story, fc.nat(2400), (given, atSecond) => {
        const { run, events } = tell({ ...given, inputs: [{ kind: 'stop', atSecond, pick: 0 }] })
        const askedAt = events.find(({ kind }) => kind === 'stop-asked')?.tMs
        if (askedAt !== undefined) expect((run.endedAtMs ?? Infinity) - askedAt).toBeLessThanOrEqual(10 * minuteMs)
      }),
      { numRuns: repeats(120, 2_400) },
    )
  })
})
