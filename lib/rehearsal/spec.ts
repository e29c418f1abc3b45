import type { RehearsalFacts } from '@/lib/domain/rehearsal/facts'
import { templateGroupId } from '@/lib/twin/groups'
import { between, createRandom } from '@/lib/twin/random'
import type { TwinSpec } from '@/lib/twin/types'
import { assumedPods } from './assumed-pods'
import { drawnSeconds } from './drawn-seconds'
import { placesOf } from './spec-nodes'
import { podsFrom } from './spec-pods'

/** Keeps what is drawn here apart from the twin's own numbers. */
const streamOfTimes = 0x5107_713e

/** A cluster with the groups for which there are no nodes to be had: no size passes their filters. */
export type RehearsalSpec = TwinSpec & { vngsWithoutCapacity: string[] }

const sizeless = ({ groups, template }: RehearsalFacts): string[] =>
  [...groups, { ...template, vngId: templateGroupId }].flatMap(({ vngId, sizeGap }) => (sizeGap === 'none-passes' ? [vngId] : []))

/** The cluster as the twin starts from it. Linear in nodes and pods. */
export const toTwinSpec = (facts: RehearsalFacts): RehearsalSpec => ({
  ...placesOf(facts),
  ...(facts.kubernetes === null ? assumedPods(facts) : podsFrom(facts, facts.kubernetes)),
  vngsWithoutCapacity: sizeless(facts),
  runs: [],
  log: [],
})

/** The same cluster with the times that a seed gives its pods: no interface tells them before they happen. */
export const withDrawnTimes = (spec: TwinSpec, seed: number): TwinSpec => {
  const random = createRandom(seed ^ streamOfTimes)
  const { startUp, termination } = drawnSeconds
  const workloads = spec.workloads.map((workload) => ({
    ...workload,
    startUpMs: between(random, startUp.low, startUp.high) * 1000,
    terminationMs: between(random, termination.low, termination.high) * 1000,
  }))
  return { ...spec, workloads }
}
