import type { NodesAnswer } from '@/lib/contract/nodes'
import type { ReadinessAnswer } from '@/lib/contract/readiness'
import type { PlanNode } from '@/lib/domain/plan/partition'
import { readinessOf, type ChosenOptions } from '@/lib/domain/readiness/readiness'

type Assessed = Pick<PlanNode, 'readiness' | 'findings'>

const assessedIn = ({ nodes, findings }: ReadinessAnswer): Map<string, Assessed> =>
  new Map(nodes.map((node) => [node.nodeName, { readiness: node.readiness, findings: node.findings.flatMap((index) => findings[index] ?? []) }]))

/**
 * What the chosen options leave open. A node that they would leave where it is may yet move when the time
 * comes, so it stays in the plan and is told as a node to be skipped.
 */
const underOptions = ({ readiness, findings }: Assessed, options: ChosenOptions | null): Assessed =>
  readiness === 'needs-validation' && options !== null && readinessOf(findings, options) === 'ready' ? { readiness: 'ready', findings } : { readiness, findings }

/** The nodes by name. What stands in the way of each comes later and replaces what the list alone can say. */
export const planNodes = ({ nodes, findings }: NodesAnswer, readiness: ReadinessAnswer | null, options: ChosenOptions | null): Map<string, PlanNode> => {
  const assessed = readiness === null ? null : assessedIn(readiness)
  return new Map(
    nodes.map(({ nodeName, poolName, runningPods, ...row }) => {
      const own = { readiness: row.readiness, findings: row.findings.flatMap((index) => findings[index] ?? []) }
      return [nodeName, { nodeName, poolName, runningPods, ...underOptions(assessed?.get(nodeName) ?? own, options) }]
    }),
  )
}
