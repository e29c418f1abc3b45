import type { NodeState, RunState } from '../progress/state'
import { isStopping } from '../progress/stop-asked'
import { outcomeOf } from '../run-rules'

/** A run that ends otherwise leaves nodes for its own reason at the end, and after a stop was asked for. */
const doneWhole: ReadonlySet<string> = new Set(['IN_PROGRESS', 'COMPLETED', 'PARTLY_COMPLETED'])

/**
 * Whether a node that Spot only calls not replaced was left for pods that restrict scale down: the run respects
 * them, Kubernetes showed one on the node, and nothing else can have been why. The vendor's migrations have no
 * status of their own for it.
 */
export const isHeldByPods = ({ nodeName, status, startedAtMs, endedAtMs }: NodeState, { landing, facts, stopAsked, nodes }: RunState): boolean => {
  if (outcomeOf(status) !== 'untouched' || !landing.restricted.has(nodeName)) return false
  const stop = isStopping({ facts, stopAsked }) ? stopAsked : null
  if (stop === null && doneWhole.has(facts?.status.toUpperCase() ?? '')) return true
  // What the end left is settled together, and after all else.
  const endMs = stop?.atMs ?? Math.max(...[...nodes.values()].map((node) => node.endedAtMs ?? 0))
  return startedAtMs === null && endedAtMs !== null && endedAtMs < endMs
}
