import type { PlanNode } from './partition'

/** What keeps a chosen pool from being sent as a pool: nodes in it that the plan leaves where they are. */
export type PoolGap = { poolName: string; notSelected: string[]; held: string[]; unable: string[] }

export type Sending = {
  /** Every pool of the nodes that move, by name. */
  poolNames: string[]
  /** Empty where the plan is made of whole pools. */
  gaps: PoolGap[]
  /** The pools may stand for the plan: it is made of whole pools, and Spot names each of them. */
  canBeByPool: boolean
  /** Node pools are asked for. It counts only while they may be sent. */
  isByPoolWanted: boolean
  /** The pools that are sent in place of nodes (Spot API, Create Migration: one of the two lists); null where nodes are. */
  sentPools: string[] | null
}

const byName = (a: string, b: string) => (a < b ? -1 : 1)

const gapOf = (poolName: string, left: readonly PlanNode[]): PoolGap[] => {
  const named = (isIt: (node: PlanNode) => boolean) => left.filter(isIt).map(({ nodeName }) => nodeName)
  if (left.length === 0) return []
  return [{ poolName, notSelected: named(({ readiness }) => readiness !== 'held' && readiness !== 'unable'), held: named(({ readiness }) => readiness === 'held'), unable: named(({ readiness }) => readiness === 'unable') }]
}

type Input = { willMove: readonly PlanNode[]; nodes: Iterable<PlanNode>; isByPoolWanted: boolean }

/**
 * How a plan is sent. Named a pool, Spot itself takes every node that it finds in it: so pools stand for a plan
 * only when each node of them that Spot lists is in the plan. `nodes` are all that discovery shows.
 */
export const sendingOf = ({ willMove, nodes, isByPoolWanted }: Input): Sending => {
  const moving = new Set(willMove.map(({ nodeName }) => nodeName))
  const left = new Map<string, PlanNode[]>(willMove.map(({ poolName }) => [poolName, []]))
  for (const node of nodes) if (!moving.has(node.nodeName)) left.get(node.poolName)?.push(node)
  const poolNames = [...left.keys()].sort(byName)
  const gaps = poolNames.flatMap((poolName) => gapOf(poolName, left.get(poolName) ?? []))
  const canBeByPool = poolNames.length > 0 && gaps.length === 0 && !left.has('')
  return { poolNames, gaps, canBeByPool, isByPoolWanted, sentPools: isByPoolWanted && canBeByPool ? poolNames : null }
}
