import type { PlanFacts } from '../plan/facts'
import { batchReadings, type BatchInput } from './batch-sizes'
import { interleaveByPool, takeBatches, type BatchNode, type PlannedBatch } from './compose'
import { openReadings, type LearnedReading } from './learn'

/** A batch that takes more pods of a budget than may be away at once. */
export type Overdraft = { batch: number; budget: string; allowed: number; pods: number; nodes: string[] }

type Load = { budget: number; pods: number }
/** Pods under budgets by node; budgets that allow nothing are left out, because they refuse on every node whatever the batch. */
export type BudgetLoads = { of: (nodeName: string) => readonly Load[]; allowed: (budget: number) => number; name: (budget: number) => string }

const none: readonly Load[] = []

/** Null where budgets were not read. */
export const budgetLoads = ({ nodes, budgets, kubernetes }: PlanFacts): BudgetLoads | null => {
  if (!kubernetes.areBudgetsRead) return null
  const allowed = (budget: number) => budgets[budget]?.disruptionsAllowed ?? 0
  const loads = new Map<string, Load[]>()
  for (const { nodeName, pods } of nodes) {
    const counted = (pods?.budgets ?? []).filter(({ budget }) => allowed(budget) > 0)
    if (counted.length > 0) loads.set(nodeName, counted)
  }
  return { of: (nodeName) => loads.get(nodeName) ?? none, allowed, name: (budget) => budgets[budget]?.name ?? '' }
}

const sumOf = (nodes: readonly { nodeName: string }[], loads: BudgetLoads): Map<number, { pods: number; nodes: string[] }> => {
  const sums = new Map<number, { pods: number; nodes: string[] }>()
  for (const { nodeName } of nodes)
    for (const { budget, pods } of loads.of(nodeName)) {
      const sum = sums.get(budget) ?? { pods: 0, nodes: [] }
      sum.pods += pods
      sum.nodes.push(nodeName)
      sums.set(budget, sum)
    }
  return sums
}

/** Which batch overdraws which budget. */
export const overdraftsIn = (batches: readonly PlannedBatch[], loads: BudgetLoads): Overdraft[] =>
  batches.flatMap(({ number, nodes }) =>
    [...sumOf(nodes, loads)].flatMap(([budget, { pods, nodes: names }]) => {
      const allowed = loads.allowed(budget)
      return pods > allowed ? [{ batch: number, budget: loads.name(budget), allowed, pods, nodes: names }] : []
    }),
  )

/** Whether two nodes overdraw a budget together. What one node overdraws alone, no batch is small enough for. */
const isOverdrawnTogether = (nodes: readonly { nodeName: string }[], loads: BudgetLoads): boolean => {
  const sums = new Map<number, number>()
  for (const { nodeName } of nodes)
    for (const { budget, pods } of loads.of(nodeName)) {
      const before = sums.get(budget)
      if (before !== undefined && before + pods > loads.allowed(budget)) return true
      sums.set(budget, (before ?? 0) + pods)
    }
  return false
}

type Search = { nodes: readonly BatchNode[]; input: BatchInput; learned: Pick<LearnedReading, 'holds'>; loads: BudgetLoads }

/**
 * The largest batch size below this one under which no two nodes of a batch overdraw a budget together, in
 * any reading that is still possible. Null where there is none.
 */
export const smallerBatch = ({ nodes, input, learned, loads }: Search): { percentage: number; batches: number } | null => {
  const order = interleaveByPool(nodes)
  for (let percentage = input.percentage - 1; percentage >= 1; percentage -= 1) {
    const ways = openReadings(batchReadings({ ...input, percentage }), learned)
    const isClear = ways.every(({ sizes }) => takeBatches(order, sizes).every((batch) => !isOverdrawnTogether(batch.nodes, loads)))
    if (isClear) return { percentage, batches: Math.max(...ways.map(({ sizes }) => sizes.length)) }
  }
  return null
}

/**
 * The selection as several runs, each of which overdraws no budget even if it went all at once: the API takes
 * no order, so nodes can be kept apart only by runs of their own. First fit, in the order given.
 */
export const splitIntoRuns = <Node extends { nodeName: string }>(nodes: readonly Node[], loads: BudgetLoads): Node[][] => {
  const runs: { nodes: Node[]; used: Map<number, number> }[] = []
  for (const node of nodes) {
    const held = loads.of(node.nodeName)
    const fits = (used: ReadonlyMap<number, number>) => held.every(({ budget, pods }) => !used.has(budget) || (used.get(budget) ?? 0) + pods <= loads.allowed(budget))
    const run = runs.find(({ used }) => fits(used)) ?? { nodes: [], used: new Map<number, number>() }
    if (run.nodes.length === 0) runs.push(run)
    run.nodes.push(node)
    for (const { budget, pods } of held) run.used.set(budget, (run.used.get(budget) ?? 0) + pods)
  }
  return runs.map((run) => run.nodes)
}
