import { keep, readKept, type KeepingStore } from './kept'

const nameOf = (clusterId: string, draftId: string | null) => `selection.${clusterId}.${draftId ?? ''}`

/** The rows of a cluster that were ticked, or null when nothing was kept. The draft is the plan whose selection is being changed. */
export const keptSelection = (store: KeepingStore, clusterId: string, draftId: string | null): ReadonlySet<string> | null => {
  const names = readKept(store, nameOf(clusterId, draftId))
  return Array.isArray(names) ? new Set(names.filter((name) => typeof name === 'string')) : null
}

/** Keeps what is ticked; null forgets it. */
export const keepSelection = (store: KeepingStore, clusterId: string, draftId: string | null, selected: ReadonlySet<string> | null): void =>
  keep(store, nameOf(clusterId, draftId), selected && [...selected])
