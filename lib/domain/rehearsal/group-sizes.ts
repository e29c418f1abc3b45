import type { VngSpec } from '@/lib/spot/schemas/vng'
import { allowedSizes, type AllowedSizes } from '../matching/allowed-sizes'
import { dimensionsOf } from '../matching/vm-sizes'
import type { RehearsalGroup } from './facts'

/** How many nodes of the cluster have each size, by its name in small letters. */
export type SizesInUse = ReadonlyMap<string, number>

export const sizesInUse = (nodes: readonly { vmSize: string | null }[]): SizesInUse => {
  const counts = new Map<string, number>()
  for (const { vmSize } of nodes) if (vmSize !== null) counts.set(vmSize.toLowerCase(), (counts.get(vmSize.toLowerCase()) ?? 0) + 1)
  return counts
}

/** Sizes that the cluster has, the most frequent first, then those closest to the most frequent in vCPUs. */
const byUse = ({ sizes }: AllowedSizes, inUse: SizesInUse): string[] => {
  const [usual] = [...inUse].sort(([, a], [, b]) => b - a)
  const usualVCpu = usual === undefined ? null : (dimensionsOf(usual[0])?.vCpu ?? null)
  const distance = (vCpu: number) => (usualVCpu === null ? 0 : Math.abs(Math.log2(vCpu / usualVCpu)))
  return [...sizes].sort((a, b) => (inUse.get(b.name) ?? 0) - (inUse.get(a.name) ?? 0) || distance(a.vCpu) - distance(b.vCpu)).map(({ name }) => name)
}

/**
 * The sizes of a group's new nodes in the order in which they are tried. Which one Spot takes of those that the
 * filters allow is not documented: the preferred ones first, then what the cluster is made of. Without filters
 * only the preferred ones are named, and a node is replaced by one of its own size where there are none.
 */
export const groupSizes = (vmSizes: VngSpec['vmSizes'] | undefined, template: VngSpec['vmSizes'] | undefined, inUse: SizesInUse): string[] => {
  const preferred = vmSizes?.preferredVmSizes ?? template?.preferredVmSizes ?? []
  const filters = vmSizes?.filters ?? template?.filters
  if (filters == null) return preferred
  const names = byUse(allowedSizes(filters), inUse)
  const wanted = preferred.filter((name) => names.includes(name.toLowerCase()))
  return [...wanted, ...names.filter((name) => !wanted.some((other) => other.toLowerCase() === name))]
}

/** Why filters leave no size to name: none can pass, or none does that the table has. Null where some pass, or there are no filters. */
export const sizeGapOf = (vmSizes: VngSpec['vmSizes'] | undefined, template: VngSpec['vmSizes'] | undefined): RehearsalGroup['sizeGap'] => {
  const filters = vmSizes?.filters ?? template?.filters
  if (filters == null) return null
  const { sizes, isComplete } = allowedSizes(filters)
  return sizes.length > 0 ? null : isComplete ? 'none-passes' : 'none-known'
}
