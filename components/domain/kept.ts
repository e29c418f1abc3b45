/**
 * What a person has chosen or typed and not yet sent, kept in the tab: a session that ends in the middle leads
 * through the sign-in page, and it is there again. Sign-out clears it, so that the next person finds nothing.
 */
const prefix = 'slipway.kept.'

export type KeepingStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** What was kept under a name, for the caller to check; null when nothing was. */
export const readKept = (store: KeepingStore, name: string): unknown => {
  try {
    return JSON.parse(store.getItem(prefix + name) ?? 'null')
  } catch {
    return null
  }
}

/** Keeps a value; null forgets it. A tab that is full keeps nothing, and the page goes on. */
export const keep = (store: KeepingStore, name: string, value: unknown): void => {
  try {
    if (value === null) store.removeItem(prefix + name)
    else store.setItem(prefix + name, JSON.stringify(value))
  } catch {}
}

/** Forgets all that was kept. */
export const forgetKept = (store: KeepingStore): void => {
  const names = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '')
  for (const name of names) if (name.startsWith(prefix)) store.removeItem(name)
}
