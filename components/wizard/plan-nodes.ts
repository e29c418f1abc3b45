import type { NodesAnswer } from '@/lib/contract/nodes'
import type { ReadinessAnswer } from '@/lib/contract/readiness'
import type { PlanNode } from '@/lib/domain/plan/partition'

type Assessed = Pick<PlanNode, 'readiness' | 'findings'>

const assessedIn = ({ nodes, findings }: ReadinessAnswer): Map<string, Assessed> =>
  new Map(nodes.map((node) => [node.nodeName, { readiness: node.readiness, findings: node.findings.flatMap((index) => findings[index] ?? []) }]))

/** The nodes by name. What stands in the way of each comes later and replaces what the list alone can say. */
export const planNodes = ({ nodes, findings }: NodesAnswer, readiness: ReadinessAnswer | null): Map<string, PlanNode> => {
  const assessed = readiness === null ? null : assessedIn(readiness)
  return new Map(
    nodes.map(({ nodeName, poolName, runningPods, ...row }) => {
      const own = { readiness: row.readiness, findings: row.findings.flatMap((index) => findings[index] ?? []) }
      return [nodeName, { nodeName, poolName, runningPods, ...(assessed?.get(nodeName) ?? own) }]
    }),
  )
}
