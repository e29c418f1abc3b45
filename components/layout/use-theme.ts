'use client'

import { useSyncExternalStore } from 'react'
import { themeAttribute, themeCookie, themeOf, type Theme } from './theme'

const yearSeconds = 365 * 24 * 3600
const listeners = new Set<() => void>()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const read = (): Theme => themeOf(document.documentElement.dataset.theme)

const choose = (theme: Theme) => {
  const attribute = themeAttribute(theme)
  if (attribute === undefined) delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = attribute
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${yearSeconds}; samesite=lax`
  for (const listener of listeners) listener()
}

/** The chosen theme and the function that changes it. */
export const useTheme = () => ({ theme: useSyncExternalStore(subscribe, read, () => 'system' as const), choose })
