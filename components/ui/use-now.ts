'use client'

import { useSyncExternalStore } from 'react'

const tickMs = 1000

let current = 0
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

const tick = () => {
  current = Date.now()
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  timer ??= setInterval(tick, tickMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === undefined) return
    clearInterval(timer)
    timer = undefined
    current = 0
  }
}

const read = () => {
  if (current === 0) current = Date.now()
  return current
}

/** The browser's clock, once a second, one timer for the whole page. Null while the server renders. */
export const useNow = (): number | null => useSyncExternalStore<number | null>(subscribe, read, () => null)
