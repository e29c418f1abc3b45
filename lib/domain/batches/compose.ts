/** One node as the composition of batches sees it. */
export type BatchNode = { nodeName: string; poolName: string; runningPods: number | null }

export type PlannedBatch<Node extends BatchNode = BatchNode> = { number: number; nodes: Node[] }

/**
 * The order in which nodes are expected to be taken: one from each pool in turn, pools and nodes by name.
 * Seen in the vendor's console, documented nowhere.
 */
export const interleaveByPool = <Node extends BatchNode>(nodes: readonly Node[]): Node[] => {
  const pools = new Map<string, Node[]>()
  for (const node of nodes) {
    const pool = pools.get(node.poolName)
    if (pool) pool.push(node)
    else pools.set(node.poolName, [node])
  }
  const queues = [...pools.entries()]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, pool]) => pool.sort((a, b) => compareText(a.nodeName, b.nodeName)))
  const longest = queues.reduce((most, queue) => Math.max(most, queue.length), 0)
  const order: Node[] = []
  for (let round = 0; round < longest; round += 1)
    for (const queue of queues) {
      const node = queue[round]
      if (node) order.push(node)
    }
  return order
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Takes batches of the given sizes off an order. The sizes add up to the number of nodes. */
export const takeBatches = <Node extends BatchNode>(order: readonly Node[], sizes: readonly number[]): PlannedBatch<Node>[] => {
  let taken = 0
  return sizes.map((size, index) => {
    const batch = { number: index + 1, nodes: order.slice(taken, taken + size) }
    taken += size
    return batch
  })
}

/** Splits the selection into batches of the given sizes, in the order in which nodes are expected to be taken. */
export const composeBatches = <Node extends BatchNode>(nodes: readonly Node[], sizes: readonly number[]): PlannedBatch<Node>[] => takeBatches(interleaveByPool(nodes), sizes)
