import 'server-only'
import type { PlanFactsAnswer } from '@/lib/contract/plan-facts'
import type { NodeMatch } from '@/lib/domain/matching/match'
import { matchToGoBy } from '@/lib/domain/matching/matcher'
import type { PlanFacts, PlanLanding, PlanSchedule } from '@/lib/domain/plan/facts'
import { autoscalersIn, gatherNodes } from '@/lib/domain/plan/gather-facts'
import { largestSize } from '@/lib/domain/plan/largest-size'
import { poolScalingOf } from '@/lib/domain/plan/pool-scaling'
import type { KubeIndex } from '@/lib/domain/readiness/kube-index'
import { createLandingFinder, landingsOf, type Landing } from '@/lib/domain/readiness/landing'
import { managedNow, type ManagedNow } from '@/lib/domain/readiness/limits'
import { isFinalRun } from '@/lib/domain/run-rules'
import type { Cluster } from '@/lib/spot/schemas/cluster'
import type { SpotNode } from '@/lib/spot/schemas/node'
import type { Vng } from '@/lib/spot/schemas/vng'
import type { ReadOptions } from '@/lib/spot/types'
import { readClusterFacts, type ClusterFacts } from './cluster-facts'
import type { Context, Verb } from './context'
import { namedMatch } from './node-facts'
import { readPart } from './part'

const toMs = (text: string | null | undefined): number | null => {
  const ms = text == null ? Number.NaN : Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}

const planLandings = (landings: readonly Landing[], vngs: readonly Vng[], { nodesByVng }: ManagedNow): PlanLanding[] => {
  const updated = new Map(vngs.map(({ id, updatedAt }) => [id, toMs(updatedAt)]))
  return landings.map(({ vngId, name, maxCount, zones, allowed }) => ({
    vngId,
    name,
    nodesNow: vngId === null ? 0 : (nodesByVng.get(vngId) ?? 0),
    maxCount,
    zones,
    ...largestSize(allowed),
    updatedAtMs: vngId === null ? null : (updated.get(vngId) ?? null),
  }))
}

const limitsOf = ({ autoScaler }: Cluster, reported: readonly SpotNode[] | null, managed: ManagedNow): PlanFacts['limits'] =>
  reported === null
    ? null
    : { maxVCpu: autoScaler?.resourceLimits?.maxVCpu ?? null, maxMemoryGiB: autoScaler?.resourceLimits?.maxMemoryGib ?? null, vCpuNow: managed.vCpu, memoryGiBNow: managed.memoryGiB }

type Shutdown = NonNullable<Cluster['scheduling']>['shutdownHours']
const windowsOf = (hours: Shutdown): string[] => (hours?.isEnabled === true ? (hours.timeWindows ?? []) : [])

const scheduleOf = ({ scheduling }: Cluster, vngs: readonly Vng[], landings: readonly Landing[]): PlanSchedule => {
  const ofCluster = { of: 'the cluster', landing: null, timeWindows: windowsOf(scheduling?.shutdownHours) }
  const ofGroups = vngs.map((vng) => ({ of: vng.name === '' ? vng.id : vng.name, landing: landings.findIndex(({ vngId }) => vngId === vng.id), timeWindows: windowsOf(vng.scheduling?.shutdownHours) }))
  return {
    shutdownHours: [ofCluster, ...ofGroups].filter(({ timeWindows }) => timeWindows.length > 0),
    tasks: (scheduling?.tasks ?? []).flatMap(({ isEnabled, taskType, cronExpression }) => (isEnabled === true && cronExpression !== null ? [{ taskType: taskType ?? 'task', cronExpression }] : [])),
  }
}

const kubernetesOf = (kube: KubeIndex | null): PlanFacts['kubernetes'] => ({
  isConnected: kube !== null,
  arePodsRead: kube?.facts.pods.state === 'read',
  areBudgetsRead: kube?.facts.pods.state === 'read' && kube.facts.pdbs.state === 'read',
  autoscalers: kube === null ? null : autoscalersIn(kube),
  poolScaling: poolScalingOf(kube?.facts.autoscaler ?? null),
})

/** Rolls that are on; null where they could not be read. */
export const runningRolls = async (ctx: Context, clusterId: string, options?: ReadOptions): Promise<string[] | null> => {
  const { data: read } = await readPart(ctx.spot.listRolls(clusterId, options))
  return read === null ? null : read.data.flatMap(({ id, status }) => (isFinalRun(status) ? [] : [id]))
}

/** What a plan rests on, from facts that have been read. `rolls` null: they were not. */
export const planFactsOf = ({ spot, cluster, kube, report, assessment }: ClusterFacts, rolls: string[] | null): PlanFactsAnswer => {
  const reported = spot.reported.data?.data ?? null
  const vngs = spot.vngs.data?.data ?? []
  const landings = spot.vngs.data === null ? [] : landingsOf(vngs, cluster.virtualNodeGroupTemplate ?? null)
  const managed = managedNow(reported ?? [])
  const landingFor = createLandingFinder(landings)
  const places = new Map(landings.map((landing, index) => [landing, index]))
  const landingOf = (match: NodeMatch) => {
    const landing = landingFor(match)
    return landing === null ? null : (places.get(landing) ?? null)
  }
  const nodes = spot.discovery.data.map(({ nodeName, match }) => ({ nodeName, match: matchToGoBy(namedMatch(match, new Map()), report?.answerOf(nodeName)?.verdict) }))
  return {
    ...gatherNodes({ nodes, reported: new Map(reported?.map((node) => [node.nodeName, node])), assessed: assessment.nodes, kube, landingOf }),
    landings: planLandings(landings, vngs, managed),
    limits: limitsOf(cluster, reported, managed),
    managed: reported === null ? null : reported.flatMap(({ nodeName, virtualNodeGroupId }) => (virtualNodeGroupId === null ? [] : [nodeName])),
    schedule: scheduleOf(cluster, vngs, landings),
    rolls,
    kubernetes: kubernetesOf(kube),
    fetchedAtMs: spot.discovery.fetchedAtMs,
  }
}

/**
 * What a plan rests on, joined once for every option that a person may turn: pods and budgets by node, places
 * with their limits, what the clock will do. Discovery and the cluster must answer; what else was not read is
 * null. Throws like the upstream's reads.
 */
export const readPlanFacts: Verb<{ clusterId: string }, PlanFactsAnswer> = async ({ ctx, input: { clusterId } }) => {
  const [facts, rolls] = await Promise.all([readClusterFacts(ctx, { clusterId, isFresh: false }), runningRolls(ctx, clusterId)])
  return planFactsOf(facts, rolls)
}
