import type { CapacityFacts } from '@/lib/domain/progress/change'
import { formatCount } from '@/lib/format/numbers'
import { counted } from '@/lib/format/plural'

type CapacityState = 'up' | 'scaling' | 'partial' | 'failed' | 'unknown'

/** Nodes that came, that are on their way, that are in pools which came up only in part, and in pools that failed; and pools that have no node yet, or got none. */
export type CapacityGroup = Record<CapacityState, number> & { id: string; vngId: string | null; name: string; pools: number; emptyPools: Record<CapacityState, number> }

// Spot API, "Get Migration": status of scaleNodePools.
const states: Record<string, CapacityState> = { COMPLETED: 'up', SCALING: 'scaling', FAILED: 'failed', PARTIAL_SUCCESS: 'partial' }
const words: Record<string, string> = { COMPLETED: 'Up', SCALING: 'Scaling', FAILED: 'Failed', PARTIAL_SUCCESS: 'Partly up' }

export const capacityStateOf = (status: string): CapacityState => states[status] ?? 'unknown'
export const capacityWord = (status: string): string => words[status] ?? `Unknown (${status})`

const none = { up: 0, scaling: 0, partial: 0, failed: 0, unknown: 0 }

/** New nodes by virtual node group, the largest first. */
export const capacityGroups = (rows: Iterable<CapacityFacts>): CapacityGroup[] => {
  const groups = new Map<string, CapacityGroup>()
  for (const { vngId, vngName, newNodes, status } of rows) {
    const id = vngId ?? ''
    const group = groups.get(id) ?? { ...none, id, vngId, name: vngName ?? vngId ?? 'Group not said', pools: 0, emptyPools: { ...none } }
    const state = capacityStateOf(status)
    group[state] += newNodes
    if (newNodes === 0) group.emptyPools[state] += 1
    group.pools += 1
    groups.set(id, group)
  }
  return [...groups.values()].sort((a, b) => sizeOf(b) - sizeOf(a))
}

export const sizeOf = ({ up, scaling, partial, failed, unknown }: CapacityGroup): number => up + scaling + partial + failed + unknown

const sum = (groups: readonly CapacityGroup[], of: (group: CapacityGroup) => number): number => groups.reduce((total, group) => total + of(group), 0)

/** What the bars add up to: more groups than fit are below the edge of the card. */
export const capacityTotal = (groups: readonly CapacityGroup[]): string => {
  if (groups.length === 0) return 'nodes by virtual node group'
  const [up, all] = [sum(groups, (group) => group.up), sum(groups, sizeOf)]
  // Spot tells the state of a pool, not of its nodes: of a pool that scales some may be up.
  return `${counted(all, 'node')}${up === all ? '' : ' asked for'} in ${counted(groups.length, 'virtual node group')}`
}

/** A pool that got no node at all is named: it may be what stopped the run. */
export const groupWords = ({ up, scaling, partial, failed, unknown, emptyPools }: CapacityGroup, isOver: boolean): string =>
  [
    [up, formatCount(up), 'up'],
    [scaling, formatCount(scaling), 'in pools that scale'],
    [emptyPools.scaling, counted(emptyPools.scaling, 'pool'), 'scaling, no node yet'],
    [partial, formatCount(partial), 'in pools only partly up'],
    [failed, formatCount(failed), 'in failed pools'],
    [emptyPools.failed, counted(emptyPools.failed, 'pool'), 'failed, no node came'],
    [unknown, formatCount(unknown), 'in an unknown state'],
    [emptyPools.unknown, counted(emptyPools.unknown, 'pool'), 'in an unknown state'],
  ]
    .filter(([count]) => Number(count) > 0)
    .map(([, many, word]) => `${many} ${word}`)
    .join(', ') || (isOver ? 'none' : 'none yet')
