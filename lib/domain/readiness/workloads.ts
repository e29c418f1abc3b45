import type { KubePod } from '../kube-facts'
import type { Finding } from './finding'
import { gather, type Hit } from './hit'
import { fullName, type KubeIndex } from './kube-index'

/** What moving one workload means. Pods are those on the nodes that were assessed. */
export type WorkloadAssessment = {
  /** `kind/namespace/name`; kind `Pod` for a stand-alone pod. */
  key: string
  kind: string
  namespace: string
  name: string
  /** Null where the workload was not read or has no such number. */
  replicas: number | null
  pods: number
  readyPods: number
  nodeNames: string[]
  pdbs: { name: string; disruptionsAllowed: number; currentHealthy: number; desiredHealthy: number }[]
  findings: Finding[]
}

type Gathered = { pods: KubePod[]; hits: Hit[] }

const assessmentOf = (key: string, { pods, hits }: Gathered, kube: KubeIndex): WorkloadAssessment[] => {
  const [first] = pods
  if (first === undefined) return []
  const pdbs = new Set(pods.flatMap((pod) => kube.pdbsOf.get(pod) ?? []))
  return [
    {
      key,
      kind: first.owner?.kind ?? 'Pod',
      namespace: first.namespace,
      name: first.owner?.name ?? first.name,
      replicas: kube.workloads.get(key)?.replicas ?? null,
      pods: pods.length,
      readyPods: pods.filter(({ isReady }) => isReady).length,
      nodeNames: [...new Set(pods.flatMap(({ nodeName }) => nodeName ?? []))].sort(),
      pdbs: [...pdbs].map((pdb) => ({ name: fullName(pdb), disruptionsAllowed: pdb.disruptionsAllowed, currentHealthy: pdb.currentHealthy, desiredHealthy: pdb.desiredHealthy })),
      findings: gather(hits),
    },
  ]
}

/** The workloads met on the assessed nodes, by kind, namespace and name. */
export const workloadsFrom = (gathered: ReadonlyMap<string, Gathered>, kube: KubeIndex): WorkloadAssessment[] =>
  [...gathered].flatMap(([key, value]) => assessmentOf(key, value, kube)).sort((a, b) => (a.key < b.key ? -1 : 1))
