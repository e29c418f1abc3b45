/**
 * The rows that are ticked in a cluster, kept in the tab: a session that ends in the middle leads through the
 * sign-in page, and what was chosen is there again. Sign-out clears it, so that the next person finds nothing.
 */
const prefix = 'slipway.selection.'
const keyOf = (clusterId: string, draftId: string | null) => `${prefix}${clusterId}.${draftId ?? ''}`

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** What was kept, or null when nothing was. The draft is the plan whose selection is being changed. */
export const keptSelection = (store: Store, clusterId: string, draftId: string | null): ReadonlySet<string> | null => {
  try {
    const names: unknown = JSON.parse(store.getItem(keyOf(clusterId, draftId)) ?? 'null')
    return Array.isArray(names) ? new Set(names.filter((name) => typeof name === 'string')) : null
  } catch {
    return null
  }
}

/** Keeps what is ticked; null forgets it. A tab that is full keeps nothing, and the page goes on. */
export const keepSelection = (store: Store, clusterId: string, draftId: string | null, selected: ReadonlySet<string> | null): void => {
  try {
    if (selected === null) store.removeItem(keyOf(clusterId, draftId))
    else store.setItem(keyOf(clusterId, draftId), JSON.stringify([...selected]))
  } catch {}
}

/** Forgets what was ticked in every cluster. */
export const forgetSelections = (store: Store): void => {
  const names = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '')
  for (const name of names) if (name.startsWith(prefix)) store.removeItem(name)
}
