import type { CapacityFacts } from '@/lib/domain/progress/change'
import { formatCount } from '@/lib/format/numbers'

/** Nodes that came, that are on their way, and rows that ended short of what was asked. */
export type CapacityGroup = { id: string; vngId: string | null; name: string; up: number; scaling: number; short: number; unknown: number; pools: number }
type CapacityState = 'up' | 'scaling' | 'short' | 'unknown'

// Spot API, "Get Migration": status of scaleNodePools.
const states: Record<string, CapacityState> = { COMPLETED: 'up', SCALING: 'scaling', FAILED: 'short', PARTIAL_SUCCESS: 'short' }
const words: Record<string, string> = { COMPLETED: 'Up', SCALING: 'Scaling', FAILED: 'Failed', PARTIAL_SUCCESS: 'Partly up' }

export const capacityStateOf = (status: string): CapacityState => states[status] ?? 'unknown'
export const capacityWord = (status: string): string => words[status] ?? `Unknown (${status})`

/** New nodes by virtual node group, the largest first. */
export const capacityGroups = (rows: Iterable<CapacityFacts>): CapacityGroup[] => {
  const groups = new Map<string, CapacityGroup>()
  for (const { vngId, vngName, newNodes, status } of rows) {
    const id = vngId ?? ''
    const group = groups.get(id) ?? { id, vngId, name: vngName ?? vngId ?? 'Group not said', up: 0, scaling: 0, short: 0, unknown: 0, pools: 0 }
    group[capacityStateOf(status)] += newNodes
    group.pools += 1
    groups.set(id, group)
  }
  return [...groups.values()].sort((a, b) => sizeOf(b) - sizeOf(a))
}

export const sizeOf = ({ up, scaling, short, unknown }: CapacityGroup): number => up + scaling + short + unknown

export const groupWords = ({ up, scaling, short, unknown }: CapacityGroup): string =>
  [
    [up, 'up'],
    [scaling, 'scaling'],
    [short, 'in failed or partial pools'],
    [unknown, 'in an unknown state'],
  ]
    .filter(([count]) => Number(count) > 0)
    .map(([count, word]) => `${formatCount(Number(count))} ${word}`)
    .join(', ') || 'none yet'
