import type { RehearsalFactsAnswer } from '@/lib/contract/rehearsal-facts'
import type { PoolScaling } from '@/lib/domain/plan/pool-scaling'
import type { RehearsalFacts, RehearsalGroup } from '@/lib/domain/rehearsal/facts'
import type { RehearsalPlan } from '@/lib/rehearsal/plan'

/** What the facts of a rehearsal were, once the facts themselves are with the workers. */
export type RehearsalBasis = {
  nodesReadAtMs: number
  /** Null where pods had to be assumed. */
  kubernetes: { readAtMs: number | null; pods: number; budgets: number; areBudgetsRead: boolean; areVolumesRead: boolean; tiedWorkloads: string[] } | null
  /** Planned nodes of which Spot does not say where they lead. */
  unsaidNodes: number
  /** Planned nodes without a number of pods from Spot. It counts only where pods are assumed. */
  uncountedNodes: number
  poolScaling: PoolScaling
  /** Groups that planned nodes lead to and whose filters leave no size to name. */
  sizeGaps: { name: string; gap: NonNullable<RehearsalGroup['sizeGap']> }[]
}

const sizeGapsOf = ({ groups, template }: RehearsalFacts, landings: ReadonlySet<string | null | undefined>): RehearsalBasis['sizeGaps'] =>
  [...groups, { ...template, vngId: 'Default' }].flatMap(({ vngId, name, sizeGap }) => (sizeGap !== null && landings.has(vngId) ? [{ name, gap: sizeGap }] : []))

/** Workloads with pods on planned nodes that must be near other pods, apart from them, or spread. */
const tiedWorkloadsOn = (planned: ReadonlySet<string>, { nodes, kubernetes }: RehearsalFacts): string[] => {
  const places = new Set((kubernetes?.pods ?? []).flatMap(([workload, node]) => (planned.has(nodes[node]?.nodeName ?? '') ? [workload] : [])))
  return [...new Set([...places].flatMap((place) => kubernetes?.workloads[place] ?? []).flatMap(({ isTiedToPods, kind, namespace, name }) => (isTiedToPods && kind !== 'DaemonSet' ? [`${namespace}/${name}`] : [])))]
}

export const basisOf = ({ facts, fetchedAtMs, podsReadAtMs, poolScaling }: RehearsalFactsAnswer, { nodeNames }: RehearsalPlan): RehearsalBasis => {
  const planned = new Set(nodeNames)
  const nodes = facts.nodes.filter(({ nodeName }) => planned.has(nodeName))
  const { kubernetes } = facts
  return {
    nodesReadAtMs: fetchedAtMs,
    kubernetes: kubernetes && {
      readAtMs: podsReadAtMs,
      pods: kubernetes.pods.length,
      budgets: kubernetes.budgets.length,
      areBudgetsRead: kubernetes.areBudgetsRead,
      areVolumesRead: kubernetes.areVolumesRead,
      tiedWorkloads: tiedWorkloadsOn(planned, facts),
    },
    unsaidNodes: nodes.filter(({ match }) => match === undefined).length,
    uncountedNodes: nodes.filter(({ runningPods }) => runningPods === null).length,
    poolScaling,
    sizeGaps: sizeGapsOf(facts, new Set(nodes.map(({ match }) => match))),
  }
}
