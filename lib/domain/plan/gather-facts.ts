import type { KubePdb, KubePod } from '../kube-facts'
import type { NodeMatch } from '../matching/match'
import type { NodeAssessment } from '../readiness/assess-cluster'
import { isHeldByBudgets } from '../readiness/budget-rules'
import { fullName, isMoved, workloadKeyOf, type KubeIndex } from '../readiness/kube-index'
import type { Amounts, NodePods, PlanBudget, PlanFacts, PlanNodeFacts } from './facts'

/** A node as Get Cluster Nodes gives it, as far as a plan looks at it. */
export type ReportedForPlan = {
  nodeName: string
  availabilityZone: string | null
  allocatableMilliCpu: number | null
  allocatableMemoryInMiB: number | null
  workloadRequestedMilliCpu: number | null
  workloadRequestedMemoryInMiB: number | null
}

type NodesToGather = {
  nodes: readonly { nodeName: string; match: NodeMatch }[]
  reported: ReadonlyMap<string, ReportedForPlan>
  assessed: ReadonlyMap<string, NodeAssessment>
  /** Null where Kubernetes is not connected. */
  kube: KubeIndex | null
  /** The place of a match among the landings, or null. */
  landingOf: (match: NodeMatch) => number | null
}

type Gathered = Pick<PlanFacts, 'nodes' | 'budgets' | 'workloads'>

const createPlaces = <Key, Value>(make: (key: Key) => Value) => {
  const values: Value[] = []
  const places = new Map<Key, number>()
  return {
    values,
    place: (key: Key): number => {
      const known = places.get(key) ?? values.push(make(key)) - 1
      places.set(key, known)
      return known
    },
  }
}

const restricting: ReadonlySet<string> = new Set(['restrict-scale-down', 'not-safe-to-evict'])

const namesOf = ({ hits }: NodeAssessment, isMeant: (id: string) => boolean): string[] => [...new Set(hits.flatMap(({ id, podName }) => (isMeant(id) ? [podName] : [])))]

const budgetOf = (pdb: KubePdb): PlanBudget => ({ name: fullName(pdb), disruptionsAllowed: pdb.disruptionsAllowed, currentHealthy: pdb.currentHealthy, desiredHealthy: pdb.desiredHealthy })

const workloadName = (key: string): string => {
  const [kind = '', ...rest] = key.split('/')
  return `${kind} ${rest.join('/')}`
}

const requestsOf = (pods: readonly KubePod[]): Amounts =>
  pods.reduce((sum, { constraints: { requests } }) => ({ milliCpu: sum.milliCpu + requests.milliCpu, memoryMiB: sum.memoryMiB + requests.memoryMiB }), { milliCpu: 0, memoryMiB: 0 })

const pair = (milliCpu: number | null | undefined, memoryMiB: number | null | undefined): Amounts | null =>
  milliCpu == null || memoryMiB == null ? null : { milliCpu, memoryMiB }

/** Joins what is known of each node once. Linear in nodes and pods. */
export const gatherNodes = ({ nodes, reported, assessed, kube, landingOf }: NodesToGather): Gathered => {
  const budgets = createPlaces(budgetOf)
  const workloads = createPlaces(workloadName)
  const placeOf = (pod: KubePod) => workloads.place(workloadKeyOf(pod))
  const arePodsRead = kube?.facts.pods.state === 'read'

  const underBudgets = (pods: readonly KubePod[], index: KubeIndex, refusing: ReadonlySet<string>): NodePods['budgets'] => {
    const counts = new Map<number, NodePods['budgets'][number]>()
    for (const pod of pods)
      for (const pdb of isHeldByBudgets(pod) ? (index.pdbsOf.get(pod) ?? []) : []) {
        const budget = budgets.place(pdb)
        const count = counts.get(budget) ?? { budget, pods: 0, refused: 0, workloads: [] }
        count.pods += 1
        if (refusing.has(fullName(pod))) count.refused += 1
        const workload = placeOf(pod)
        if (!count.workloads.includes(workload)) count.workloads.push(workload)
        counts.set(budget, count)
      }
    return [...counts.values()]
  }

  const podsOf = (pods: readonly KubePod[], index: KubeIndex, about: NodeAssessment): NodePods => {
    const ofNode = [...new Set(pods.map(placeOf))]
    const restricted = namesOf(about, (id) => restricting.has(id))
    const isRestricted = new Set(restricted)
    return {
      moved: pods.length,
      standalone: namesOf(about, (id) => id === 'standalone-pod'),
      restricted,
      restrictedWorkloads: [...new Set(pods.filter((pod) => isRestricted.has(fullName(pod))).map(placeOf))],
      inTwoBudgets: namesOf(about, (id) => id === 'two-pdbs'),
      budgets: underBudgets(pods, index, new Set(namesOf(about, (id) => id === 'pdb-allows-none'))),
      workloads: ofNode,
    }
  }

  const factsOf = ({ nodeName, match }: NodesToGather['nodes'][number]): PlanNodeFacts => {
    const known = reported.get(nodeName)
    const moved = kube === null || !arePodsRead ? null : (kube.podsByNode.get(nodeName) ?? []).filter(isMoved)
    return {
      nodeName,
      landing: landingOf(match),
      zone: known?.availabilityZone ?? null,
      allocatable: pair(known?.allocatableMilliCpu, known?.allocatableMemoryInMiB),
      requested: moved === null ? pair(known?.workloadRequestedMilliCpu, known?.workloadRequestedMemoryInMiB) : requestsOf(moved),
      pods: kube === null || moved === null ? null : podsOf(moved, kube, assessed.get(nodeName) ?? { findings: [], hits: [] }),
    }
  }
  return { nodes: nodes.map(factsOf), budgets: budgets.values, workloads: workloads.values }
}

/** Workloads that look like a cluster-autoscaler of one's own. The one that AKS runs is not in the cluster: see `pool-scaling.ts`. */
export const autoscalersIn = ({ facts, workloads }: KubeIndex): string[] | null =>
  facts.workloads.state === 'read' ? [...workloads.values()].filter(({ name, replicas }) => /cluster-?autoscaler/i.test(name) && replicas > 0).map(fullName) : null
