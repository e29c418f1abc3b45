export type ToastTone = 'info' | 'done' | 'error'
export type Toast = { id: number; tone: ToastTone; title: string; detail?: string }

const shownMs = 7_000
const maxShown = 3

let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

const publish = (next: readonly Toast[]) => {
  toasts = next
  for (const listener of listeners) listener()
}

export const dismissToast = (id: number): void => publish(toasts.filter((toast) => toast.id !== id))

/** Tells the result of a confirmed action at the edge of the screen. An error stays until it is closed. */
export const toast = (content: Omit<Toast, 'id'>): void => {
  lastId += 1
  const id = lastId
  publish([...toasts, { ...content, id }].slice(-maxShown))
  if (content.tone !== 'error') setTimeout(() => dismissToast(id), shownMs)
}

export const subscribeToasts = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const readToasts = () => toasts
const none: readonly Toast[] = []
export const readNoToasts = () => none
