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

/** By the list that was counted: the book makes a new one when a pod changes, and a list read page by page asks again and again. */
const counted = new WeakMap<object, Map<string, Counts>>()

const countPods = ({ pods }: Ledger): Map<string, Counts> => {
  const list = pods.list()
  const known = counted.get(list)
  if (known !== undefined) return known
  const counts = new Map<string, Counts>()
  counted.set(list, counts)
  for (const { value } of list) {
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
  // The objects of a list have few times between them.
  const stamps = new Map<TwinMs, string>()
  const stamp = (twinMs: TwinMs): string => {
    const text = stamps.get(twinMs) ?? world.stamp(twinMs).replace(/\.\d+Z$/, 'Z')
    stamps.set(twinMs, text)
    return text
  }
  return {
    clusterId,
    state: twin.state,
    ledger,
    stamp,
    nowMs: world.shownMs(),
    countsOf: ({ id }) => {
      counts ??= countPods(ledger)
      return counts.get(id) ?? { active: 0, ready: 0, all: 0 }
    },
  }
}
