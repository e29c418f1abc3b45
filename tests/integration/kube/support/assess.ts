import { assessCluster, type ClusterAssessment } from '@/lib/domain/readiness/assess-cluster'
import type { KubeIndex } from '@/lib/domain/readiness/kube-index'
import { createSpotClient } from '@/lib/spot/client'
import { createSpotTransport } from '@/lib/spot/transport'

const credentials = { token: 'demo-token', accountId: 'act-demo0001', organizationId: null }

/** Reads the first cluster of a simulator and assesses it, with Kubernetes or without. */
export const assessOver = async (baseUrl: string, readKube: (clusterId: string) => Promise<KubeIndex> | null) => {
  const transport = createSpotTransport({ baseUrl })
  const client = createSpotClient(transport, credentials)
  const [cluster] = (await client.listClusters()).data
  if (cluster === undefined) throw new Error('The simulator has no cluster.')
  const [discovery, nodes, vngs] = await Promise.all([client.discover(cluster.id), client.listNodes(cluster.id), client.listVngs(cluster.id)])
  const kube = await readKube(cluster.id)
  await transport.close()
  const nowMs = Date.now()
  const assessment = assessCluster({
    nodes: discovery.data.map(({ nodeName, match }) => ({ nodeName, match: match.kind === 'vng' ? { ...match, vngName: null } : match, isMatchKnown: true })),
    reported: nodes.data,
    vngs: vngs.data,
    template: cluster.virtualNodeGroupTemplate ?? null,
    limits: cluster.autoScaler?.resourceLimits ?? null,
    heartbeat: 'reporting',
    kube,
    age: { nowMs, limitMs: 60_000, spotReadAtMs: nowMs },
  })
  const poolOf = new Map(discovery.data.map(({ nodeName, nodePoolName }) => [nodeName, nodePoolName]))
  return { assessment, poolOf }
}

/** The rules that speak in each pool. */
export const rulesByPool = ({ nodes }: ClusterAssessment, poolOf: ReadonlyMap<string, string>): Record<string, string[]> => {
  const pools = new Map<string, Set<string>>()
  for (const [nodeName, { findings }] of nodes) {
    const pool = poolOf.get(nodeName) ?? ''
    const ids = pools.get(pool) ?? new Set<string>()
    pools.set(pool, ids)
    for (const { id } of findings) ids.add(id)
  }
  return Object.fromEntries([...pools].sort(([a], [b]) => (a < b ? -1 : 1)).map(([pool, ids]) => [pool, [...ids].sort()]))
}
