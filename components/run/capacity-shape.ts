import type { CapacityFacts } from '@/lib/domain/progress/change'
import { formatCount } from '@/lib/format/numbers'
import { counted } from '@/lib/format/plural'

/** Nodes that came, that are on their way, that are in pools which came up only in part, and in pools that failed. */
export type CapacityGroup = { id: string; vngId: string | null; name: string; up: number; scaling: number; partial: number; failed: number; unknown: number; pools: number }
type CapacityState = 'up' | 'scaling' | 'partial' | 'failed' | 'unknown'

// Spot API, "Get Migration": status of scaleNodePools.
const states: Record<string, CapacityState> = { COMPLETED: 'up', SCALING: 'scaling', FAILED: 'failed', PARTIAL_SUCCESS: 'partial' }
const words: Record<string, string> = { COMPLETED: 'Up', SCALING: 'Scaling', FAILED: 'Failed', PARTIAL_SUCCESS: 'Partly up' }

export const capacityStateOf = (status: string): CapacityState => states[status] ?? 'unknown'
export const capacityWord = (status: string): string => words[status] ?? `Unknown (${status})`

/** New nodes by virtual node group, the largest first. */
export const capacityGroups = (rows: Iterable<CapacityFacts>): CapacityGroup[] => {
  const groups = new Map<string, CapacityGroup>()
  for (const { vngId, vngName, newNodes, status } of rows) {
    const id = vngId ?? ''
    const group = groups.get(id) ?? { id, vngId, name: vngName ?? vngId ?? 'Group not said', up: 0, scaling: 0, partial: 0, failed: 0, unknown: 0, pools: 0 }
    group[capacityStateOf(status)] += newNodes
    group.pools += 1
    groups.set(id, group)
  }
  return [...groups.values()].sort((a, b) => sizeOf(b) - sizeOf(a))
}

export const sizeOf = ({ up, scaling, partial, failed, unknown }: CapacityGroup): number => up + scaling + partial + failed + unknown

/** What the bars add up to: more groups than fit are below the edge of the card. */
export const capacityTotal = (groups: readonly CapacityGroup[]): string =>
  groups.length === 0 ? 'nodes by virtual node group' : `${counted(groups.reduce((sum, group) => sum + sizeOf(group), 0), 'node')} in ${counted(groups.length, 'virtual node group')}`

export const groupWords = ({ up, scaling, partial, failed, unknown }: CapacityGroup, isOver: boolean): string =>
  [
    [up, 'up'],
    [scaling, 'in pools that scale'],
    [partial, 'in pools only partly up'],
    [failed, 'in failed pools'],
    [unknown, 'in an unknown state'],
  ]
    .filter(([count]) => Number(count) > 0)
    .map(([count, word]) => `${formatCount(Number(count))} ${word}`)
    .join(', ') || (isOver ? 'none' : 'none yet')
