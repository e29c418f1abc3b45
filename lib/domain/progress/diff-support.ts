import type { NewRunChange } from './change'

/** What a reading says that cannot be, or takes back what another one said. */
export const anomaly = (sentence: string): NewRunChange => ({ kind: 'anomaly', body: { sentence } })

/** True when nothing that `next` tells differs from what is known. */
export const isSame = <Facts extends object>(before: Facts | null | undefined, next: Facts): boolean =>
  before != null && (Object.keys(next) as (keyof Facts)[]).every((key) => before[key] === next[key])

/** One item of each key: the last. */
export const uniqueBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] => [...new Map(items.map((item) => [keyOf(item), item])).values()]
