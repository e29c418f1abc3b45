import { generateCluster } from '@/lib/twin/generate/cluster'
import { createTwin } from '@/lib/twin/twin'
import type { Twin, TwinSpec } from '@/lib/twin/types'
import type { WireInput } from './admin-types'
import { pastOf } from './past-runs'
import { clusterIds } from './people'
import { scenarios, type ScenarioName } from './scenarios/table'
import { createTwinClock, type Now } from './twin-clock'

export type SimulatedCluster = { clusterId: string; accountId: string; twin: Twin; createdMigrations: number }

/** All that the simulator holds: clusters by id, its clock, and the way from twin time to wall time. */
export type World = {
  clusters: Map<string, SimulatedCluster>
  /** Which of the vendor's contradicting shapes are sent. */
  wire: Required<WireInput>
  setSpeed: (speed: number) => void
  /** Lets the twins catch up with the clock. */
  advance: () => void
  /** Moves every twin on by so many milliseconds of twin time, at once. */
  skip: (twinMs: number) => void
  /** RFC 3339 text of a twin time on the wall clock. */
  stamp: (twinMs: number) => string
  nowMs: Now
}

type WorldOptions = { seed: number; nodes: number; pods: number | undefined; speed: number; scenario: ScenarioName; now: Now }

type Plan = { clusterId: string; accountId: string; name: string; nodes: number; region: string }

const plans = (nodes: number): Plan[] => [
  { clusterId: clusterIds.demo, accountId: 'act-demo0001', name: 'prod-weu', nodes, region: 'westeurope' },
  { clusterId: clusterIds.edge, accountId: 'act-demo0001', name: 'edge-neu', nodes: 14, region: 'northeurope' },
  { clusterId: clusterIds.staging, accountId: 'act-demo0002', name: 'staging-weu', nodes: 24, region: 'westeurope' },
  { clusterId: clusterIds.other, accountId: 'act-other001', name: 'other-eus', nodes: 12, region: 'eastus' },
]

const build = (plan: Plan, index: number, options: Omit<WorldOptions, 'now'>): SimulatedCluster => {
  const { clusterId, accountId, name, region, nodes } = plan
  const seed = options.seed + index * 1009
  const scenario = scenarios[options.scenario]
  const pods = index === 0 ? options.pods : undefined
  const bare = generateCluster({ ...scenario.cluster, seed, clusterId, name, region, nodes, ...(pods === undefined ? {} : { pods }) })
  const spec: TwinSpec = { ...bare, ...pastOf(seed, bare) }
  const twin = createTwin({ spec, seed, switches: scenario.switches(spec) })
  return { clusterId, accountId, twin, createdMigrations: 0 }
}

export const createWorld = ({ now, ...options }: WorldOptions): World => {
  const clusters = new Map(plans(options.nodes).map((plan, index) => [plan.clusterId, build(plan, index, options)]))
  const clock = createTwinClock(now, options.speed)
  const advance = () => {
    const until = clock.twinNow()
    for (const { twin } of clusters.values()) twin.run(until)
  }
  return {
    clusters,
    wire: { progressKey: 'migrationProgress', scaleStatusKey: 'migrationStatus', statusCase: 'upper', matchKey: 'virtualNodeGroupId', isMatchLeftOut: false },
    setSpeed: (speed) => {
      advance()
      clock.setSpeed(speed)
    },
    advance,
    skip: (twinMs) => {
      clock.skip(twinMs)
      advance()
    },
    stamp: clock.stamp,
    nowMs: now,
  }
}
