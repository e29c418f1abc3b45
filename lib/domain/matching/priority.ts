import type { MatchGroup } from './group'

const countOfSizes = ({ filters, preferredVmSizes }: MatchGroup): number => {
  if (preferredVmSizes.length > 0) return preferredVmSizes.length
  const isFiltered = filters !== null && Object.values(filters).some((value) => value !== null)
  // How many sizes a filter lets through is not known here, so it decides nothing.
  return isFiltered ? Number.NaN : Infinity
}

/** What is left empty beats what is given. */
const roomOf = (group: MatchGroup): number[] => [
  group.vngId === null ? 0 : 1,
  group.maxCount ?? Infinity,
  group.spotPercentage,
  group.zones?.length ?? Infinity,
  countOfSizes(group),
]

/**
 * Negative when Ocean would choose `a` before `b` for a pod that both take and that prefers neither: the least
 * restrictive first, by the most nodes, most spot, most zones, most sizes, the template last (Ocean AKS,
 * Virtual node groups). Zero where nothing documented decides; list order does then.
 */
export const byRestriction = (a: MatchGroup, b: MatchGroup): number => {
  const [ours, theirs] = [roomOf(a), roomOf(b)]
  for (const [index, value] of ours.entries()) {
    const other = theirs[index] as number
    if (value > other) return -1
    if (value < other) return 1
  }
  return 0
}

/** The least restrictive of the groups, the first of equals; null of none. */
export const leastRestrictive = (groups: readonly MatchGroup[]): MatchGroup | null =>
  groups.reduce<MatchGroup | null>((best, group) => (best === null || byRestriction(group, best) < 0 ? group : best), null)
