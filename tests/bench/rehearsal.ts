import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'
import type { RehearsalPlan } from '@/lib/rehearsal/plan'
import { toTwinSpec } from '@/lib/rehearsal/spec'
import { generateCluster } from '@/lib/twin/generate/cluster'
import { createTwin } from '@/lib/twin/twin'
import { onSimulated, rehearsedOnce } from '@/tests/support/rehearsal'
import { median, ratio } from './measure'

const seeds = Array.from({ length: 15 }, (_, index) => index + 1)

const msOf = (act: () => void): number => {
  const startedAt = performance.now()
  act()
  return performance.now() - startedAt
}

/** One run of the twin on a generated cluster of the same size, without facts, reading or account. */
const plainRunMs = (seed: number): number => {
  const spec = generateCluster({ seed: 7, clusterId: 'o-bench', name: 'bench', nodes: 500, pods: 5_000, scenario: 'calm' })
  const nodeNames = spec.nodes.filter(({ vngId, mode }) => vngId === null && mode === 'user').map(({ name }) => name)
  const twin = createTwin({ spec, seed })
  return msOf(() => {
    twin.command({ kind: 'start-run', input: { nodeNames, nodePoolNames: null, comment: null, options: defaultMigrationOptions } })
    twin.runToEnd()
  })
}

/** Fifteen rehearsals of 500 nodes and 5,000 pods, one after another on one core, against one plain run of the twin on the same cluster. */
export const benchRehearsal = (hasKubernetes: boolean) =>
  onSimulated({ nodes: 500, pods: 5_000, scenario: 'calm' }, hasKubernetes, async ({ facts, nodeNames }) => {
    const plan: RehearsalPlan = { nodeNames, options: defaultMigrationOptions, readings: ['M1', 'M2', 'M3'] }
    const spec = toTwinSpec(facts)
    rehearsedOnce(spec, plan, 16)
    const plainMs = median([1, 2, 3].map(plainRunMs))
    const times = seeds.map((seed) => msOf(() => void rehearsedOnce(spec, plan, seed)))
    const fifteenMs = Math.round(times.reduce((sum, ms) => sum + ms, 0))
    return { hasKubernetes, nodes: facts.nodes.length, planned: nodeNames.length, pods: spec.pods.length, plainMs, firstMs: median(times.slice(0, 1)), fifteenMs, onceToPlain: ratio(median(times), plainMs) }
  })

export const rehearsalLine = ({ hasKubernetes, nodes, pods, firstMs, fifteenMs, onceToPlain }: Awaited<ReturnType<typeof benchRehearsal>>): string =>
  `rehearsal ${hasKubernetes ? 'with' : 'without'} Kubernetes: ${nodes} nodes and ${pods} pods, the first in ${(firstMs / 1000).toFixed(2)} s, fifteen on one core in ${(fifteenMs / 1000).toFixed(1)} s, each ${onceToPlain} x a plain run`
