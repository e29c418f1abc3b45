/**
 * The key of a launch: made once for a plan and kept in the tab, so that a double click, a reload or the
 * back button means the launch that was sent and not a second one, until its migration exists.
 */
const storageKey = (draftId: string) => `slipway.launch.${draftId}`

export type KeyStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export const launchKeyOf = (store: KeyStore, draftId: string, make: () => string): string => {
  const known = store.getItem(storageKey(draftId))
  if (known !== null) return known
  const fresh = make()
  store.setItem(storageKey(draftId), fresh)
  return fresh
}

/** After a refusal, or when Spot never took the launch, a person may try again: that is a new launch. */
export const forgetLaunchKey = (store: KeyStore, draftId: string): void => store.removeItem(storageKey(draftId))
