import { replaceEqualDeep } from '@tanstack/react-query'

const stampOf = (data: unknown, field: string): number | null => {
  if (typeof data !== 'object' || data === null) return null
  const stamp: unknown = Reflect.get(data, field)
  return typeof stamp === 'number' ? stamp : null
}

const isOlder = (next: unknown, current: unknown, field: string): boolean => {
  const nextStamp = stampOf(next, field)
  const currentStamp = stampOf(current, field)
  return nextStamp !== null && currentStamp !== null && nextStamp < currentStamp
}

/**
 * Sharing for answers that carry a stamp: an answer that was read earlier than the one on screen is dropped,
 * so a slow request never sets the screen back. Unchanged parts keep their identity.
 */
export const newestBy =
  (field: string) =>
  (current: unknown, next: unknown): unknown =>
    isOlder(next, current, field) ? current : replaceEqualDeep(current, next)

/** The same without the comparison of parts, for answers so large that comparing costs more than drawing. */
export const newestWholeBy =
  (field: string) =>
  (current: unknown, next: unknown): unknown =>
    isOlder(next, current, field) ? current : next
