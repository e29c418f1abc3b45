import 'server-only'
import type { ReadinessAnswer, WorkloadRow } from '@/lib/contract/readiness'
import { kubeKinds, type KubeFacts } from '@/lib/domain/kube-facts'
import type { Finding } from '@/lib/domain/readiness/finding'
import { readinessOf } from '@/lib/domain/readiness/readiness'
import type { WorkloadAssessment } from '@/lib/domain/readiness/workloads'
import { readClusterFacts } from './cluster-facts'
import type { Verb } from './context'
import { createTable } from './node-facts'

const partsOf = (facts: KubeFacts | null): ReadinessAnswer['kubernetes'] => ({
  isConnected: facts !== null,
  parts: facts === null ? [] : kubeKinds.map((kind) => {
    const part = facts[kind]
    const readAtMs = part.state === 'read' ? part.readAtMs : null
    return { kind, readAtMs, problem: part.state === 'failed' ? { sentence: part.sentence, remedy: part.remedy } : null }
  }),
})

/** Every finding of a cluster's nodes and workloads. `isFresh` reads Spot and Kubernetes anew. */
export const assessReadiness: Verb<{ clusterId: string; isFresh: boolean }, ReadinessAnswer> = async ({ ctx, input }) => {
  const { spot, kube, assessment } = await readClusterFacts(ctx, input)
  const { nodes, workloads, findings } = assessment
  const table = createTable<Finding>()
  const placed = (list: readonly Finding[]) => list.map((finding) => table.place(`${finding.id}\n${finding.sentence}`, () => finding))
  const places = new Map([...nodes.keys()].map((nodeName, index) => [nodeName, index]))
  const rowOf = ({ nodeNames, findings: found, ...workload }: WorkloadAssessment): WorkloadRow => ({
    ...workload,
    nodes: nodeNames.flatMap((nodeName) => places.get(nodeName) ?? []),
    findings: placed(found),
  })
  return {
    nodes: [...nodes].map(([nodeName, { findings: found }]) => ({ nodeName, readiness: readinessOf(found), findings: placed(found) })),
    workloads: workloads.map(rowOf),
    cluster: placed(findings),
    findings: table.values,
    kubernetes: partsOf(kube?.facts ?? null),
    fetchedAtMs: spot.discovery.fetchedAtMs,
  }
}
