import type { BatchCounting } from './types'

/**
 * Sizes of the batches under the switch. M1: the same size each, a percentage of the selection. M2: the
 * number of batches first, nodes divided equally, larger batches first or (M2-floor) where the parts of the
 * selection end, rounded down. M3: a percentage of the cluster's nodes. Written apart
 * from `lib/domain/batches` on purpose.
 */
export const sizesOf = (reading: BatchCounting, selected: number, percentage: number, clusterNodes: number): number[] => {
  if (reading === 'M2-floor') {
    const count = Math.min(selected, Math.ceil(100 / percentage))
    const endOf = (batches: number) => Math.floor((batches * selected) / count)
    return Array.from({ length: count }, (_, index) => endOf(index + 1) - endOf(index))
  }
  if (reading === 'M2') {
    const count = Math.min(selected, Math.ceil(100 / percentage))
    const sizes: number[] = []
    for (let index = 0, left = selected; index < count; index += 1) {
      const size = Math.ceil(left / (count - index))
      sizes.push(size)
      left -= size
    }
    return sizes
  }
  const base = reading === 'M3' ? clusterNodes : selected
  const size = Math.max(1, Math.ceil((base * percentage) / 100))
  const sizes: number[] = []
  for (let left = selected; left > 0; left -= size) sizes.push(Math.min(size, left))
  return sizes
}

/** One node from each pool in turn, as seen in the vendor's console. */
export const inTurn = <Item extends { poolName: string }>(items: Item[]): Item[] => {
  const pools = new Map<string, Item[]>()
  for (const item of items) {
    const pool = pools.get(item.poolName)
    if (pool) pool.push(item)
    else pools.set(item.poolName, [item])
  }
  const order: Item[] = []
  const queues = [...pools.values()]
  for (let round = 0; order.length < items.length; round += 1)
    for (const queue of queues) {
      const item = queue[round]
      if (item !== undefined) order.push(item)
    }
  return order
}
