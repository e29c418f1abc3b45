import { keep, readKept, type KeepingStore } from './kept'

const nameOf = (clusterId: string, draftId: string | null) => `selection.${clusterId}.${draftId ?? ''}`

const namesIn = (value: unknown): string[] => (Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [])

/** What is ticked, and the plan's own names when that was begun; those are empty where it is no plan that is being changed. */
export type KeptSelection = { ticked: ReadonlySet<string>; from: readonly string[] }

/** The rows of a cluster that were ticked, or null when nothing was kept. The draft is the plan whose selection is being changed. */
export const keptSelection = (store: KeepingStore, clusterId: string, draftId: string | null): KeptSelection | null => {
  const kept = readKept(store, nameOf(clusterId, draftId))
  if (typeof kept !== 'object' || kept === null || !('ticked' in kept) || !Array.isArray(kept.ticked)) return null
  return { ticked: new Set(namesIn(kept.ticked)), from: namesIn('from' in kept ? kept.from : null) }
}

/** Keeps what is ticked; null forgets it. */
export const keepSelection = (store: KeepingStore, clusterId: string, draftId: string | null, kept: KeptSelection | null): void =>
  keep(store, nameOf(clusterId, draftId), kept && { ticked: [...kept.ticked], from: kept.from })

/** What was ticked, unless the plan has other nodes by now: then those count. */
export const tickedOf = (kept: KeptSelection | null, planned: readonly string[] | undefined): ReadonlySet<string> =>
  kept !== null && (planned === undefined || String(kept.from) === String(planned)) ? kept.ticked : new Set(planned)
