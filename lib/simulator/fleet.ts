import { generateCluster } from '@/lib/twin/generate/cluster'
import { createRandom, letters } from '@/lib/twin/random'
import { createTwin } from '@/lib/twin/twin'
import type { Outcome, Twin, TwinCommand, TwinEvent, TwinMs, TwinSpec } from '@/lib/twin/types'
import { createCourses, type Courses } from './courses'
import { createLifetimes, type Lifetimes } from './lifetimes'
import { pastOf, startUnderWay } from './past-runs'
import { clusterIds } from './people'
import { scenarios, switchesOf, type ScenarioName } from './scenarios/table'
import type { Deed } from './state/entries'

export type SimulatedCluster = {
  clusterId: string
  accountId: string
  twin: Twin
  createdMigrations: number
  lifetimes: Lifetimes
  courses: Courses
  /** Told of what has happened, after it did. */
  followers: Set<(events: TwinEvent[]) => void>
}

export type FleetOptions = { seed: number; nodes: number; pods: number | undefined; scenario: ScenarioName }

/** What is done to the clusters, told as it is done. */
type Note = (deed: Deed) => void

type Plan = { clusterId: string; accountId: string; name: string; nodes: number; region: string }

const plans = (nodes: number): Plan[] => [
  { clusterId: clusterIds.demo, accountId: 'act-demo0001', name: 'prod-weu', nodes, region: 'westeurope' },
  { clusterId: clusterIds.edge, accountId: 'act-demo0001', name: 'edge-neu', nodes: 14, region: 'northeurope' },
  { clusterId: clusterIds.staging, accountId: 'act-demo0002', name: 'staging-weu', nodes: 24, region: 'westeurope' },
  { clusterId: clusterIds.other, accountId: 'act-other001', name: 'other-eus', nodes: 12, region: 'eastus' },
]

/** What tells one outcome from another: the id of what was made, or why it was refused. */
const resultOf = (outcome: Outcome<unknown> | undefined): string => {
  // A command of another version, which this twin does not know.
  if (outcome === undefined) return 'unknown'
  if (!outcome.ok) return outcome.refusal.code
  const { value } = outcome
  return typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : 'done'
}

/** The cluster of a twin whose commands are told and whose events are followed. */
const attend = (clusterId: string, accountId: string, inner: Twin, note: Note): SimulatedCluster => {
  const lifetimes = createLifetimes(inner.state)
  const courses = createCourses(inner.state)
  const follow = (events: TwinEvent[]) => {
    lifetimes.follow(events)
    courses.follow(events)
    for (const tell of cluster.followers) tell(events)
    return events
  }
  const command: Twin['command'] = (given) => {
    const atMs = inner.nowMs
    const outcome = inner.command(given)
    if (given.kind === 'start-run' && outcome.ok) cluster.createdMigrations += 1
    note({ kind: 'command', atMs, clusterId, command: given as TwinCommand, result: resultOf(outcome) })
    return outcome
  }
  const twin: Twin = {
    state: inner.state,
    switches: inner.switches,
    get nowMs() {
      return inner.nowMs
    },
    run: (untilMs) => follow(inner.run(untilMs)),
    runToEnd: (limitMs) => follow(inner.runToEnd(limitMs)),
    command,
  }
  const cluster: SimulatedCluster = { clusterId, accountId, twin, createdMigrations: 0, lifetimes, courses, followers: new Set() }
  return cluster
}

const plannedTwin = ({ clusterId, name, region, nodes }: Plan, index: number, options: FleetOptions): Twin => {
  const seed = options.seed + index * 1009
  const scenario = scenarios[options.scenario]
  const pods = index === 0 ? options.pods : undefined
  const bare = generateCluster({ seed, clusterId, name, region, nodes, scenario: scenario.cluster ?? 'calm', ...(pods === undefined ? {} : { pods }) })
  const spec: TwinSpec = { ...bare, ...pastOf(seed, bare, index === 0 ? scenario.pastRuns : undefined) }
  const twin = createTwin({ spec, seed, switches: switchesOf(options.scenario, spec) })
  if (scenario.isRunUnderWay && clusterId === clusterIds.staging) startUnderWay(twin)
  return twin
}

const emptyTwin = (seed: number, { clusterId, name, region, atMs }: Extract<Deed, { kind: 'add-cluster' }>): Twin => {
  const spec = generateCluster({ seed, clusterId, name, region, nodes: 0 })
  const twin = createTwin({ spec: { ...spec, cluster: { ...spec.cluster, createdAtMs: atMs, updatedAtMs: atMs } }, seed })
  twin.run(atMs)
  return twin
}

/** Clusters by id, and the ways in which they change. The same options and deeds give the same clusters. */
export const createFleet = (options: FleetOptions, note: Note) => {
  const clusters = new Map(plans(options.nodes).map((plan, index) => [plan.clusterId, attend(plan.clusterId, plan.accountId, plannedTwin(plan, index, options), note)]))

  const carryOut = (deed: Deed): string => {
    switch (deed.kind) {
      case 'add-cluster':
        clusters.set(deed.clusterId, attend(deed.clusterId, deed.accountId, emptyTwin(clusters.size, deed), note))
        note(deed)
        return 'done'
      case 'remove-cluster':
        clusters.delete(deed.clusterId)
        note(deed)
        return 'done'
      case 'command': {
        const twin = clusters.get(deed.clusterId)?.twin
        twin?.run(deed.atMs)
        return twin === undefined ? 'no cluster' : resultOf(twin.command(deed.command))
      }
    }
  }

  return {
    clusters,
    /** Does it, after a command's twin has reached its time, and returns what came of it. */
    carryOut,
    /** An id that no cluster has. */
    freshId: (): string => {
      for (let seed = clusters.size; ; seed += 1) {
        const id = `o-${letters(createRandom(seed), 8)}`
        if (!clusters.has(id)) return id
      }
    },
    /** Lets every twin's time pass up to `untilMs`. */
    advance: (untilMs: TwinMs): void => {
      for (const { twin } of clusters.values()) twin.run(untilMs)
    },
  }
}
