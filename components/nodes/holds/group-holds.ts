import type { Hold } from '@/lib/contract/holds'

/** What one person held in one deed: told about and released together. */
export type HoldGroup = Omit<Hold, 'holdId' | 'name'> & { holdIds: string[]; names: string[] }

const deedOf = ({ kind, reason, heldBy, createdAtMs, endsAtMs }: Hold) => JSON.stringify([kind, reason, heldBy, createdAtMs, endsAtMs])

/** Holds by deed, the newest first; those of one moment stay in the order in which they came. */
export const groupHolds = (holds: readonly Hold[]): HoldGroup[] => {
  const groups = new Map<string, HoldGroup>()
  for (const hold of holds) {
    const { holdId, name, ...shared } = hold
    const key = deedOf(hold)
    const group = groups.get(key) ?? { ...shared, holdIds: [], names: [] }
    group.holdIds.push(holdId)
    group.names.push(name)
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => b.createdAtMs - a.createdAtMs)
}
