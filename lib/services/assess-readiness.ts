import 'server-only'
import type { ReadinessAnswer, WorkloadRow } from '@/lib/contract/readiness'
import { kubeKinds, type KubeFacts } from '@/lib/domain/kube-facts'
import { assessCluster, type ClusterToAssess } from '@/lib/domain/readiness/assess-cluster'
import type { Finding } from '@/lib/domain/readiness/finding'
import { indexKube } from '@/lib/domain/readiness/kube-index'
import { readinessOf } from '@/lib/domain/readiness/readiness'
import type { WorkloadAssessment } from '@/lib/domain/readiness/workloads'
import type { Cluster } from '@/lib/spot/schemas/cluster'
import type { Context, Verb } from './context'
import { createTable, namedMatch, readNodeFacts, type NodeFacts } from './node-facts'

/** Kubernetes is read anew after this; readers in between share one reading. */
const kubeMaxAgeMs = 30_000
/** Facts older than this decide nothing (the limit of the nodes page). */
const factsLimitMs = 5 * 60_000

type Input = { clusterId: string; isFresh: boolean }

/** Null where Kubernetes is not connected. */
const readKube = async ({ kube }: Context, { clusterId, isFresh }: Input): Promise<KubeFacts | null> =>
  (await kube.isConnected(clusterId)) ? kube.read(clusterId, isFresh ? 0 : kubeMaxAgeMs) : null

const limitsOf = ({ autoScaler }: Cluster) => ({
  maxVCpu: autoScaler?.resourceLimits?.maxVCpu ?? null,
  maxMemoryGib: autoScaler?.resourceLimits?.maxMemoryGib ?? null,
})

const inputOf = (ctx: Context, { discovery, reported, vngs, beat }: NodeFacts, cluster: Cluster, kube: KubeFacts | null): ClusterToAssess => {
  const groups = vngs.data?.data ?? null
  const names = new Map(groups?.map(({ id, name }) => [id, name]))
  return {
    nodes: discovery.data.map(({ nodeName, match: raw }) => {
      const match = namedMatch(raw, names)
      return { nodeName, match, isMatchKnown: groups === null || match.kind !== 'vng' || match.vngName !== null }
    }),
    reported: reported.data?.data ?? null,
    vngs: groups,
    template: cluster.virtualNodeGroupTemplate ?? null,
    limits: limitsOf(cluster),
    heartbeat: beat.heartbeat.state,
    kube: kube === null ? null : indexKube(kube),
    age: { nowMs: ctx.now(), limitMs: factsLimitMs, spotReadAtMs: discovery.fetchedAtMs },
  }
}

const partsOf = (facts: KubeFacts | null): ReadinessAnswer['kubernetes'] => ({
  isConnected: facts !== null,
  parts: facts === null ? [] : kubeKinds.map((kind) => {
    const part = facts[kind]
    const readAtMs = part.state === 'read' ? part.readAtMs : null
    return { kind, readAtMs, problem: part.state === 'failed' ? { sentence: part.sentence, remedy: part.remedy } : null }
  }),
})

/**
 * Every finding of a cluster's nodes and workloads, from Spot and, where it is connected, from Kubernetes:
 * facts of Kubernetes are read with this server's own credentials and shown only to a token that Spot lets
 * read the cluster, which the first reads prove. `isFresh` reads both anew.
 */
export const assessReadiness: Verb<Input, ReadinessAnswer> = async ({ ctx, input }) => {
  const options = input.isFresh ? { fresh: true } : {}
  const [facts, cluster] = await Promise.all([readNodeFacts(ctx, input.clusterId, options), ctx.spot.getCluster(input.clusterId)])
  const kube = await readKube(ctx, input)
  const { nodes, workloads, findings } = assessCluster(inputOf(ctx, facts, cluster.data, kube))
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
    kubernetes: partsOf(kube),
    fetchedAtMs: facts.discovery.fetchedAtMs,
  }
}
