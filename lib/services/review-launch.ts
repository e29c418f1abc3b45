import 'server-only'
import { reviewOfRequest, type LaunchRequest, type LaunchReview } from '@/lib/contract/launch'
import { planHash } from '@/lib/contract/plan-hash'
import { batchReadings, worstReading, type BatchReading } from '@/lib/domain/batches/batch-sizes'
import { learnReading, openReadings } from '@/lib/domain/batches/learn'
import { predictBatches, type PredictedBatches } from '@/lib/domain/batches/predicted'
import { kubeKinds } from '@/lib/domain/kube-facts'
import { aroundOf } from '@/lib/domain/plan/around'
import { planDifferences } from '@/lib/domain/plan/differences'
import { effectsOn } from '@/lib/domain/plan/effects'
import type { PlanFacts } from '@/lib/domain/plan/facts'
import { onlyNodes, reviewNodes, type ReviewedPlan } from '@/lib/domain/plan/reviewed'
import { needsTypedName, risksOf, type Risk } from '@/lib/domain/plan/risks'
import { readinessOf } from '@/lib/domain/readiness/readiness'
import { AppError } from '@/lib/errors'
import { launchPace, readClusterFacts, type ClusterFacts } from './cluster-facts'
import type { Context } from './context'
import { namedMatch } from './node-facts'
import { readHistoryFacts } from './read-history-facts'
import { planFactsOf, runningRolls } from './read-plan-facts'

/** The facts on which a launch rests, read now. Discovery and the cluster must answer. */
export const readLaunchFacts = (ctx: Context, clusterId: string): Promise<ClusterFacts> => readClusterFacts(ctx, { clusterId, isFresh: true }, launchPace)

const readIn = ({ spot, kube }: ClusterFacts, { rolls, kubernetes: { poolScaling } }: PlanFacts): string[] => [
  ...(rolls === null ? [] : ['rolls']),
  ...(spot.reported.data === null ? [] : ['cluster-nodes']),
  ...(spot.vngs.data === null ? [] : ['vngs']),
  ...(kube === null ? [] : kubeKinds.filter((kind) => kube.facts[kind].state === 'read')),
  ...(poolScaling.state === 'not-read' ? [] : ['autoscaler']),
]

const isSelected = ({ nodeNames = [], nodePoolNames = [] }: LaunchRequest) => {
  const [nodes, pools] = [new Set(nodeNames), new Set(nodePoolNames)]
  return ({ nodeName, nodePoolName }: { nodeName: string; nodePoolName: string }) => nodes.has(nodeName) || pools.has(nodePoolName)
}

/** The plan as the facts make it now, of all selected nodes that discovery shows. */
const freshPlan = (request: LaunchRequest, facts: ClusterFacts, planFacts: PlanFacts): ReviewedPlan =>
  reviewNodes({
    nodes: facts.spot.discovery.data.filter(isSelected(request)).map(({ nodeName, match }) => ({
      nodeName,
      match: namedMatch(match, new Map()),
      findings: facts.assessment.nodes.get(nodeName)?.findings ?? [],
    })),
    groups: facts.spot.vngs.data === null ? null : planFacts.landings.flatMap(({ vngId, name, updatedAtMs }) => (vngId === null ? [] : [{ vngId, name, updatedAtMs }])),
    heartbeat: facts.spot.beat.heartbeat.state,
    around: aroundOf(planFacts),
    read: readIn(facts, planFacts),
  })

/** Nodes that something blocks now and that are not as they were reviewed. A pool is migrated as a whole, whatever is in it. */
const blockedNow = ({ nodePoolNames = [] }: LaunchRequest, facts: ClusterFacts, changed: readonly string[]): Set<string> =>
  new Set(nodePoolNames.length > 0 ? [] : changed.filter((name) => readinessOf(facts.assessment.nodes.get(name)?.findings ?? []) === 'unable'))

/** The documented readings of the batch size that recorded runs have left open, with what they make of this plan now. */
const readingsNow = async (ctx: Context, clusterId: string, { options }: LaunchRequest, { nodeNames }: ReviewedPlan, facts: ClusterFacts): Promise<BatchReading[]> => {
  const { evidence } = await readHistoryFacts({ ctx, input: { clusterId } })
  const readings = batchReadings({ selected: nodeNames.length, percentage: options.batchSizePercentage, clusterNodes: facts.spot.reported.data?.data.length ?? null })
  return openReadings(readings, learnReading(evidence))
}

const risksNow = ({ options }: LaunchRequest, { nodeNames }: ReviewedPlan, open: BatchReading[], planFacts: PlanFacts): Risk[] =>
  risksOf({ options, nodes: nodeNames.length, largestBatch: Math.max(0, ...(worstReading(open)?.sizes ?? [])), effects: effectsOn(new Set(nodeNames), planFacts) })

const predictionOf = ({ nodeNames }: ReviewedPlan, open: BatchReading[], { spot }: ClusterFacts): PredictedBatches => {
  const names = new Set(nodeNames)
  return predictBatches(spot.discovery.data.flatMap(({ nodeName, nodePoolName, runningPods }) => (names.has(nodeName) ? [{ nodeName, poolName: nodePoolName, runningPods }] : [])), open)
}

const nothingStarted = 'Nothing was started.'

const requireHash = async (request: LaunchRequest, reviewed: ReviewedPlan): Promise<void> => {
  if ((await planHash(reviewed, request)) === request.planHash) return
  throw new AppError('invalid_input', { detail: `The plan does not have the hash that was sent with it. ${nothingStarted} Reload the page.`, issues: [{ path: 'planHash', message: 'The hash does not belong to this plan.' }] })
}

const requireAcknowledged = ({ acknowledged }: LaunchRequest, review: LaunchReview): void => {
  const open = review.risks.filter(({ id }) => !acknowledged.includes(id))
  if (open.length === 0) return
  throw new AppError('risk_not_acknowledged', {
    detail: `${nothingStarted} Acknowledge first: ${open.map(({ sentence }) => sentence).join(' ')}`,
    facts: { risks: open.map(({ id }) => id) },
    attachment: review,
  })
}

const requireTypedName = ({ options, typedClusterName }: LaunchRequest, { name }: ClusterFacts['cluster']): void => {
  if (!needsTypedName(options) || typedClusterName?.trim() === name) return
  throw new AppError('invalid_input', {
    detail: `Old nodes are deleted and budgets are ignored at once, so the cluster’s name is typed to confirm it. What was typed is not the name of this cluster. ${nothingStarted}`,
    issues: [{ path: 'typedClusterName', message: 'This is not the name of the cluster.' }],
  })
}

type Review = { clusterId: string; request: LaunchRequest; facts: ClusterFacts }

/**
 * Compares what was reviewed with what is true now. Throws `plan_changed` with the differences and the plan to
 * be accepted, `risk_not_acknowledged` with the risks, both with a `launchReview` attached, and `invalid_input`
 * for a hash or a typed name that is not right. Gives the batches that are foreseen, to be kept with the launch.
 */
export const requireReviewed = async (ctx: Context, { clusterId, request, facts }: Review): Promise<PredictedBatches> => {
  const reviewed = reviewOfRequest(request)
  await requireHash(request, reviewed)
  // A roll that began after the review competes with the run for nodes.
  const planFacts = planFactsOf(facts, await runningRolls(ctx, clusterId, { maxAgeMs: 0 }))
  const now = freshPlan(request, facts, planFacts)
  const differences = planDifferences({ reviewed, fresh: now, options: request.options, managed: new Set(planFacts.managed) })
  const changed = differences.flatMap((difference) => ('nodeNames' in difference ? difference.nodeNames : []))
  const blocked = blockedNow(request, facts, changed)
  const fresh = onlyNodes(now, now.nodeNames.filter((name) => !blocked.has(name)))
  const open = await readingsNow(ctx, clusterId, request, fresh, facts)
  const review: LaunchReview = { differences, fresh, risks: risksNow(request, fresh, open, planFacts) }
  if (differences.length > 0)
    throw new AppError('plan_changed', { detail: `The facts have changed since this plan was reviewed. ${nothingStarted} Look at what is different, and accept it before you launch.`, attachment: review })
  requireAcknowledged(request, review)
  requireTypedName(request, facts.cluster)
  return predictionOf(fresh, open, facts)
}
