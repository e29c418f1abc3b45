import { outcomeOf } from '@/lib/domain/run-rules'
import { matchOf } from './match'
import type { Pod, TwinNode, TwinRun, TwinState } from './types'

/** Share of the selected nodes that were tried, 0 to 100, not rounded: moved, skipped or failed, not those left alone. */
export const progressPercentage = (run: TwinRun): number => {
  let tried = 0
  for (const { status } of run.nodes.values()) if (['moved', 'skipped', 'failed'].includes(outcomeOf(status))) tried += 1
  return run.nodes.size === 0 ? 0 : (tried * 100) / run.nodes.size
}

/** Pods bound to a node, those of DaemonSets included, without those on their way out. */
export const podsOn = (state: TwinState, nodeName: string): Pod[] =>
  (state.loads.get(nodeName)?.pods ?? []).filter(({ phase }) => phase !== 'terminating')

/** The pods that a migration would move off a node: those of DaemonSets belong to the node and end with it. */
export const movablePods = (state: TwinState, nodeName: string): Pod[] =>
  podsOn(state, nodeName).filter(({ workloadId }) => state.workloads.get(workloadId)?.kind !== 'DaemonSet')

export type Discovered = { node: TwinNode; match: string | null; pods: Pod[] }

/** Nodes that Ocean does not manage and a migration could take, with the match of each (Spot API, Get Migration Discovery). */
export const discover = (state: TwinState): Discovered[] =>
  [...state.nodes.values()]
    .filter(({ vngId, mode }) => vngId === null && mode === 'user')
    .map((node) => ({ node, match: matchOf(node, state.vngs.values()), pods: podsOn(state, node.name) }))
