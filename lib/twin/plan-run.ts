import { inTurn, sizesOf } from './batches'
import type { Engine } from './engine-context'
import type { BatchCounting, TwinNode } from './types'

/** The node names of each batch, first batch first. */
export const batchesFor = (engine: Engine, nodes: TwinNode[], percentage: number, reading: BatchCounting): string[][] => {
  let clusterNodes = 0
  for (const { mode } of engine.state.nodes.values()) if (mode === 'user') clusterNodes += 1
  const sizes = sizesOf(reading, nodes.length, percentage, clusterNodes)
  const sorted = [...nodes].sort((a, b) => (a.name < b.name ? -1 : 1))
  const order = inTurn(sorted)
  let taken = 0
  return sizes.map((size) => {
    const names = order.slice(taken, taken + size).map(({ name }) => name)
    taken += size
    return names
  })
}
