import { formatCount } from './numbers'

/** The word for the count, without the figure. */
export const plural = (count: number, one: string, many = `${one}s`): string => (count === 1 ? one : many)

/** The figure with its word: `1 node`, `1,911 pods`. */
export const counted = (count: number, one: string, many?: string): string => `${formatCount(count)} ${plural(count, one, many)}`

/** A text that has `[for one|for several]` in it, with the words for the count. */
export const inNumber = (count: number, text: string): string => text.replace(/\[([^|\]]*)\|([^\]]*)\]/g, (_, one: string, many: string) => (count === 1 ? one : many))

/** A list as a sentence has it: `a`, `a and b`, `a, b and c`. */
export const listed = (items: readonly string[]): string => {
  if (items.length < 2) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`
}

/** The same, of which the first few are named: `a, b and 7 more`. */
export const listedFew = (items: readonly string[], most = 3): string => {
  const rest = items.length - most
  return listed(rest > 0 ? [...items.slice(0, most), `${formatCount(rest)} more`] : items)
}
