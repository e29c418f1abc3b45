import 'server-only'
import { itemsOf, type KubeFacts } from '@/lib/domain/kube-facts'
import { explainMatch, type MatchReport } from '@/lib/domain/matching/explain-match'
import type { Groups } from '@/lib/domain/matching/matcher'
import { assessCluster, type ClusterAssessment, type ClusterToAssess } from '@/lib/domain/readiness/assess-cluster'
import { factsLimitMs, type SpotGaps } from '@/lib/domain/readiness/facts-state'
import { indexKube, type KubeIndex } from '@/lib/domain/readiness/kube-index'
import { defaultKubeLimits } from '@/lib/kube/limits'
import type { Patience } from '@/lib/kube/patience'
import type { Cluster } from '@/lib/spot/schemas/cluster'
import type { ReadOptions } from '@/lib/spot/types'
import type { Context } from './context'
import { createHoldReasons, gapsOf, namedMatch, readNodeFacts, type NodeFacts } from './node-facts'

/**
 * How old shared readings may be, and those of Kubernetes: either what is older is handed out while the next
 * one is made, or the next one is waited for as long as patience lasts.
 */
type Pace = { spot: ReadOptions; kubeMaxAgeMs: number } & ({ kubeStaleMs: number } | { kubePatience: Patience })
const sharedPace: Pace = { spot: {}, kubeMaxAgeMs: 30_000, kubeStaleMs: factsLimitMs }
const freshPace: Pace = { spot: { fresh: true }, kubeMaxAgeMs: 0, kubeStaleMs: 0 }
/** A Kubernetes that falls silent counts as not read; one that is large and answers page by page is read to its end. */
export const launchPatience: Patience = { silenceMs: 7_000, mostMs: defaultKubeLimits.listTimeoutMs }
/** For a launch: everything is read anew. */
export const launchPace: Pace = { spot: { maxAgeMs: 0 }, kubeMaxAgeMs: 5_000, kubePatience: launchPatience }

export type ClusterFacts = {
  spot: NodeFacts
  cluster: Cluster
  /** Null where Kubernetes is not connected, or did not answer in time. */
  kube: KubeIndex | null
  /** Null where the groups were not read: then the rule cannot be worked out. */
  report: MatchReport | null
  /** Null where the groups or the template were not read: then where pods would go is not known. */
  groups: Groups | null
  assessment: ClusterAssessment
}

type Input = { clusterId: string; isFresh: boolean }

const readKube = async ({ kube }: Context, clusterId: string, pace: Pace): Promise<KubeFacts | null> => {
  if (!(await kube.isConnected(clusterId))) return null
  return 'kubePatience' in pace ? kube.readPatiently(clusterId, pace.kubeMaxAgeMs, pace.kubePatience) : kube.read(clusterId, pace.kubeMaxAgeMs, pace.kubeStaleMs)
}

const limitsOf = ({ autoScaler }: Cluster) => ({
  maxVCpu: autoScaler?.resourceLimits?.maxVCpu ?? null,
  maxMemoryGib: autoScaler?.resourceLimits?.maxMemoryGib ?? null,
})

const reportOf = ({ discovery, reported, vngs }: NodeFacts, { virtualNodeGroupTemplate }: Cluster, kube: KubeFacts | null): MatchReport | null => {
  if (vngs.data === null || reported.data === null) return null
  return explainMatch({
    nodes: reported.data.data.filter(({ virtualNodeGroupId }) => virtualNodeGroupId === null),
    vngs: vngs.data.data,
    template: virtualNodeGroupTemplate ?? null,
    apiMatches: new Map(discovery.data.map(({ nodeName, match }) => [nodeName, namedMatch(match, new Map())])),
    versions: new Map((kube === null ? null : itemsOf(kube.nodes))?.map(({ name, kubeletVersion }) => [name, kubeletVersion])),
  })
}

const noTemplate: SpotGaps = { template: 'Spot’s answer for the cluster has none.' }

const inputOf = (ctx: Context, { discovery, reported, vngs, beat, holds }: NodeFacts, cluster: Cluster, kube: KubeIndex | null, report: MatchReport | null): ClusterToAssess => {
  const groups = vngs.data?.data ?? null
  const names = new Map(groups?.map(({ id, name }) => [id, name]))
  const holdReasonFor = createHoldReasons(holds)
  return {
    nodes: discovery.data.map((node) => {
      const { nodeName } = node
      const match = namedMatch(node.match, names)
      const holdReason = holdReasonFor(node)
      const own = report?.answerOf(nodeName)?.verdict
      return { nodeName, match, isMatchKnown: groups === null || match.kind !== 'vng' || match.vngName !== null, ...(own === undefined ? {} : { ownMatch: own }), ...(holdReason === undefined ? {} : { holdReason }) }
    }),
    reported: reported.data?.data ?? null,
    vngs: groups,
    template: cluster.virtualNodeGroupTemplate ?? null,
    limits: limitsOf(cluster),
    heartbeat: beat.problem === null ? beat.heartbeat.state : 'not-read',
    heartbeatStatus: beat.heartbeat.status,
    gaps: { ...gapsOf({ reported, vngs, beat }), ...(cluster.virtualNodeGroupTemplate ? {} : noTemplate) },
    kube,
    age: { nowMs: ctx.now(), limitMs: factsLimitMs, spotReadAtMs: discovery.fetchedAtMs },
  }
}

const groupsOf = ({ vngs }: NodeFacts, { virtualNodeGroupTemplate: template }: Cluster): Groups | null =>
  vngs.data === null || !template ? null : { vngs: vngs.data.data, template }

/**
 * What Spot and, where it is connected, Kubernetes say of a cluster, and every finding that follows. Facts of
 * Kubernetes are read with this server's own credentials and only after Spot has let the caller's token read
 * the cluster. `isFresh` reads both anew, unless a pace says otherwise.
 */
export const readClusterFacts = async (ctx: Context, input: Input, pace: Pace = input.isFresh ? freshPace : sharedPace): Promise<ClusterFacts> => {
  const [spot, { data: cluster }] = await Promise.all([readNodeFacts(ctx, input.clusterId, pace.spot), ctx.spot.getCluster(input.clusterId, pace.spot)])
  const facts = await readKube(ctx, input.clusterId, pace)
  const kube = facts === null ? null : indexKube(facts)
  const report = reportOf(spot, cluster, facts)
  return { spot, cluster, kube, report, groups: groupsOf(spot, cluster), assessment: assessCluster(inputOf(ctx, spot, cluster, kube, report)) }
}
