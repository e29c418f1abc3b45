import 'server-only'
import { findPoolLimits } from '@/lib/db/queries/rollback-kits'
import { itemsOf } from '@/lib/domain/kube-facts'
import { poolScalingOf } from '@/lib/domain/plan/pool-scaling'
import type { RollbackFacts } from '@/lib/domain/plan/rollback'
import type { Patience } from '@/lib/kube/patience'
import type { SpotNode } from '@/lib/spot/schemas/node'
import type { Context } from './context'
import { readPart } from './part'

/** Kubernetes is read anew after this; readers in between share one reading. */
const kubeMaxAgeMs = 30_000

/** Nodes per Azure pool. Ocean's own nodes stand in groups and not in pools of yours. */
const poolsOf = (nodes: readonly SpotNode[]): RollbackFacts['pools'] => {
  const counts = new Map<string, number>()
  for (const { nodePoolName, virtualNodeGroupId } of nodes) if (nodePoolName !== null && virtualNodeGroupId === null) counts.set(nodePoolName, (counts.get(nodePoolName) ?? 0) + 1)
  return [...counts].map(([poolName, count]) => ({ poolName, nodes: count })).sort((a, b) => (a.poolName < b.poolName ? -1 : 1))
}

const nothingRead = { cordoned: null, scaled: null }

/** Null parts were not read. */
const kubernetesNow = async ({ kube }: Context, clusterId: string, patience: Patience | null): Promise<Required<Pick<RollbackFacts, 'cordoned' | 'scaled'>>> => {
  if (!(await kube.isConnected(clusterId))) return nothingRead
  const facts = patience === null ? await kube.read(clusterId, kubeMaxAgeMs) : await kube.readPatiently(clusterId, kubeMaxAgeMs, patience)
  if (facts === null) return nothingRead
  const scaling = poolScalingOf(facts.autoscaler)
  return {
    cordoned: itemsOf(facts.nodes)?.flatMap(({ name, isUnschedulable }) => (isUnschedulable ? [name] : [])).sort() ?? null,
    scaled: scaling.state === 'active' ? scaling.pools : scaling.state === 'absent' ? [] : null,
  }
}

const limitsOf = async ({ db, session: { accountId } }: Context, clusterId: string): Promise<RollbackFacts['limits']> => {
  const row = await findPoolLimits(db, { accountId, clusterId })
  return row === null ? null : { pools: row.pools, pastedBy: row.pastedBy, pastedAtMs: row.pastedAt.getTime() }
}

/** What going back would need, as it is now. The cluster must answer; what else was not read, or by Kubernetes not while `patience` lasts, is null. For callers that have seen that the session's token can read the cluster. */
export const readRollbackFacts = async (ctx: Context, clusterId: string, patience: Patience | null = null): Promise<RollbackFacts> => {
  // Patience is a launch's, which rests on nothing older than itself.
  const age = patience === null ? {} : { maxAgeMs: 0 }
  const [{ data: cluster }, nodes, vngs, kubernetes, limits] = await Promise.all([
    ctx.spot.getClusterDocument(clusterId, age),
    readPart(ctx.spot.listNodes(clusterId, age)),
    readPart(ctx.spot.listVngDocuments(clusterId, age)),
    kubernetesNow(ctx, clusterId, patience),
    limitsOf(ctx, clusterId),
  ])
  return {
    resourceGroup: cluster.aks.resourceGroupName,
    aksName: cluster.aks.clusterName,
    pools: nodes.data === null ? null : poolsOf(nodes.data.data),
    ...kubernetes,
    vngs: vngs.data?.data ?? null,
    template: cluster.virtualNodeGroupTemplate ?? null,
    limits,
    readAtMs: ctx.now(),
  }
}
