import type { InventoryAnswer, VngsAnswer } from '@/lib/contract/nodes'
import { smallestRepair, type RepairPlan } from '@/lib/domain/matching/repair'
import type { IndexedNode } from '../node-index'

export type RepairOutcome = {
  plan: RepairPlan
  /** Nodes that Spot matches with nothing although the documented rule names a group for them. */
  disputed: string[]
  /** Nodes that Get Cluster Nodes does not list: their labels and taints are not known. */
  unlisted: string[]
}

type Facts = { groups: VngsAnswer; nodes: InventoryAnswer['nodes'] }

/** The smallest repair of these unmatched nodes. Every one of them is in the plan, disputed or unlisted. */
export const workOutRepair = (unmatched: readonly IndexedNode[], { groups, nodes }: Facts): RepairOutcome => {
  const wanted = new Set(unmatched.map(({ nodeName }) => nodeName))
  const selection = nodes.filter(({ nodeName }) => wanted.has(nodeName))
  const plan = smallestRepair({ groups, selection, nodes })
  const known = new Set(selection.map(({ nodeName }) => nodeName))
  const told = new Set([...plan.repairs.flatMap(({ covered }) => covered), ...plan.unrepairable].flatMap(({ nodeNames }) => nodeNames))
  return {
    plan,
    disputed: [...known].filter((name) => !told.has(name)),
    unlisted: [...wanted].filter((name) => !known.has(name)),
  }
}
