import type { TwinMs, TwinState, Workload } from '@/lib/twin/types'
import type { SimulatedCluster, World } from '../world'
import type { Ledger } from './ledger/ledger'

/** Pods of a workload: those that stay, and how many of them are ready. */
export type Counts = { active: number; ready: number; all: number }

/** What one request sees of a cluster. */
export type View = {
  clusterId: string
  state: TwinState
  ledger: Ledger
  /** RFC 3339 in seconds, as Kubernetes writes times. */
  stamp: (twinMs: TwinMs) => string
  /** Now on the server's clock, epoch milliseconds. */
  nowMs: number
  countsOf: (workload: Workload) => Counts
}

const countPods = ({ pods }: Ledger): Map<string, Counts> => {
  const counts = new Map<string, Counts>()
  for (const { value } of pods.list()) {
    const of = counts.get(value.workloadId) ?? { active: 0, ready: 0, all: 0 }
    counts.set(value.workloadId, of)
    of.all += 1
    if (value.phase !== 'terminating') of.active += 1
    if (value.phase === 'running') of.ready += 1
  }
  return counts
}

export const createView = (world: World, { clusterId, twin }: SimulatedCluster, ledger: Ledger): View => {
  let counts: Map<string, Counts> | null = null
  return {
    clusterId,
    state: twin.state,
    ledger,
    stamp: (twinMs) => world.stamp(twinMs).replace(/\.\d+Z$/, 'Z'),
    nowMs: world.shownMs(),
    countsOf: ({ id }) => {
      counts ??= countPods(ledger)
      return counts.get(id) ?? { active: 0, ready: 0, all: 0 }
    },
  }
}
