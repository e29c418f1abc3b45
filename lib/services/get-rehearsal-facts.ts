import 'server-only'
import type { RehearsalFactsAnswer } from '@/lib/contract/rehearsal-facts'
import { poolScalingOf } from '@/lib/domain/plan/pool-scaling'
import { gatherRehearsal } from '@/lib/domain/rehearsal/gather'
import { readClusterFacts } from './cluster-facts'
import type { Verb } from './context'

/**
 * What a rehearsal starts from, each thing once: nodes, groups and, where Kubernetes is connected, pods and
 * budgets. It rests on the readings that the plan rests on. Throws like the upstream's reads; unlike a plan, a
 * rehearsal needs the cluster's nodes and groups as well.
 */
export const getRehearsalFacts: Verb<{ clusterId: string }, RehearsalFactsAnswer> = async ({ ctx, input: { clusterId } }) => {
  const [{ spot, kube }, { data: cluster }, { data: reported }, { data: vngs }] = await Promise.all([
    readClusterFacts(ctx, { clusterId, isFresh: false }),
    ctx.spot.getCluster(clusterId),
    ctx.spot.listNodes(clusterId),
    ctx.spot.listVngs(clusterId),
  ])
  const pods = kube?.facts.pods
  return {
    facts: gatherRehearsal({ cluster, vngs, reported, discovered: spot.discovery.data, kube }),
    fetchedAtMs: spot.discovery.fetchedAtMs,
    podsReadAtMs: pods?.state === 'read' ? pods.readAtMs : null,
    poolScaling: poolScalingOf(kube?.facts.autoscaler ?? null),
  }
}
