import { randomUUID } from 'node:crypto'
import { clusterAnswer } from '@/lib/contract/clusters'
import type { LaunchRequest } from '@/lib/contract/launch'
import { nodesAnswer } from '@/lib/contract/nodes'
import { planFactsAnswer } from '@/lib/contract/plan-facts'
import { planHash } from '@/lib/contract/plan-hash'
import { readinessAnswer } from '@/lib/contract/readiness'
import { needsTypedName, riskIds } from '@/lib/domain/plan/risks'
import { reviewOf } from '@/lib/queries/reviewed-plan'
import { routes } from '@/lib/routes'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'

export type LaunchChoices = Partial<Pick<LaunchRequest, 'launchKey' | 'nodeNames' | 'nodePoolNames' | 'options' | 'comment' | 'isRecordingKept'>>
/** Reads one of our own addresses, by its path. */
export type ReadPath = (path: string) => Promise<unknown>

const reviewedAnswers = async (read: ReadPath, clusterId: string) => {
  const [nodes, readiness, facts, cluster] = await Promise.all([read(routes.api.nodes(clusterId)), read(routes.api.readiness(clusterId)), read(routes.api.planFacts(clusterId)), read(routes.api.cluster(clusterId))])
  return { nodes: nodesAnswer.parse(nodes), readiness: readinessAnswer.parse(readiness), facts: planFactsAnswer.parse(facts), cluster: clusterAnswer.parse(cluster).cluster }
}

/**
 * A launch by somebody who has seen everything that the API shows of these nodes or pools now, has acknowledged
 * every risk, and has typed the cluster's name where it is asked for.
 */
export const reviewedLaunch = async (read: ReadPath, clusterId: string, { launchKey = randomUUID(), options = defaultMigrationOptions, comment = '', ...selection }: LaunchChoices): Promise<LaunchRequest> => {
  const { nodes, readiness, facts, cluster } = await reviewedAnswers(read, clusterId)
  const pools = new Set(selection.nodePoolNames)
  const isByPool = pools.size > 0
  const names = isByPool ? nodes.nodes.flatMap(({ nodeName, poolName }) => (pools.has(poolName) ? [nodeName] : [])) : (selection.nodeNames ?? [])
  const { nodeNames, ...reviewed } = reviewOf({ nodes, readiness, facts, heartbeat: cluster.heartbeat.state }, names)
  return {
    launchKey,
    ...selection,
    options,
    comment,
    reviewed: isByPool ? { ...reviewed, nodeNames } : reviewed,
    planHash: await planHash({ nodeNames, ...reviewed }, { options, comment, nodePoolNames: selection.nodePoolNames }),
    acknowledged: [...riskIds],
    ...(needsTypedName(options) ? { typedClusterName: cluster.name } : {}),
  }
}
