import type { HeartbeatAnswer } from '@/lib/contract/clusters'
import type { NodesAnswer } from '@/lib/contract/nodes'
import type { PlanFactsAnswer } from '@/lib/contract/plan-facts'
import type { ReadinessAnswer } from '@/lib/contract/readiness'
import type { NodeMatch } from '@/lib/domain/matching/match'
import type { Finding } from '@/lib/domain/readiness/finding'
import { aroundOf } from '@/lib/domain/plan/around'
import { reviewNodes, type ReviewedPlan } from '@/lib/domain/plan/reviewed'

type Answers = {
  nodes: NodesAnswer
  /** Null where it could not be read, as with the next two. */
  readiness: ReadinessAnswer | null
  facts: PlanFactsAnswer | null
  heartbeat: HeartbeatAnswer['state'] | null
}

const notSaid: NodeMatch = { kind: 'not-said' }

const findingsByNode = (nodes: NodesAnswer, readiness: ReadinessAnswer | null): ReadonlyMap<string, Finding[]> => {
  const { nodes: rows, findings } = readiness ?? nodes
  return new Map(rows.map((row) => [row.nodeName, row.findings.flatMap((index) => findings[index] ?? [])]))
}

const readIn = ({ nodes, readiness, facts }: Answers): string[] => {
  const failed = new Set(nodes.problems.map(({ part }) => part))
  const spot = (['cluster-nodes', 'vngs'] as const).filter((part) => !failed.has(part))
  const rolls = facts === null || facts.rolls === null ? [] : ['rolls']
  const autoscaler = facts === null || facts.kubernetes.poolScaling.state === 'not-read' ? [] : ['autoscaler']
  return [...spot, ...rolls, ...autoscaler, ...(readiness?.kubernetes.parts ?? []).flatMap(({ kind, readAtMs }) => (readAtMs === null ? [] : [kind]))]
}

/** What these answers show of these nodes: the plan that a person reviews before they launch. */
export const reviewOf = (answers: Answers, nodeNames: readonly string[]): ReviewedPlan => {
  const { nodes, readiness, facts, heartbeat } = answers
  const matches = new Map(nodes.nodes.map(({ nodeName, match }) => [nodeName, match]))
  const findings = findingsByNode(nodes, readiness)
  return reviewNodes({
    nodes: nodeNames.map((nodeName) => ({ nodeName, match: matches.get(nodeName) ?? notSaid, findings: findings.get(nodeName) ?? [] })),
    groups: facts === null ? null : facts.landings.flatMap(({ vngId, name, updatedAtMs }) => (vngId === null ? [] : [{ vngId, name, updatedAtMs }])),
    heartbeat: heartbeat ?? 'unknown',
    around: facts === null ? {} : aroundOf(facts),
    read: readIn(answers),
  })
}
