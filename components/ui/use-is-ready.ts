'use client'

import { useSyncExternalStore } from 'react'

const subscribe = () => () => undefined

/** False in the page as the server sent it, true from the moment that its script answers to what is pressed. */
export const useIsReady = (): boolean => useSyncExternalStore(subscribe, () => true, () => false)
