import type { PoolShare, SwitchInput } from './option-texts'
import type { Plan } from './use-plan'

const countPools = (nodes: readonly { poolName: string }[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const { poolName } of nodes) counts.set(poolName, (counts.get(poolName) ?? 0) + 1)
  return counts
}

/** Each pool of the nodes that move, with how many of its nodes stay behind. */
const poolsOf = ({ partition, nodes }: Plan): PoolShare[] => {
  const totals = countPools(nodes.nodes)
  return [...countPools(partition.willMove)].map(([poolName, selected]) => ({ poolName, selected, total: totals.get(poolName) ?? selected })).sort((a, b) => (a.poolName < b.poolName ? -1 : 1))
}

/** The selection as the switches of the preferences meet it. */
export const selectionOf = (plan: Plan): SwitchInput => ({ facts: plan.facts, effects: plan.effects, pools: poolsOf(plan) })
