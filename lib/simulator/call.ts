import type { Principal } from './people'
import { forbidden, notFound, type Reply } from './wire'
import type { SimulatedCluster, World } from './world'

/** One authenticated call as a handler sees it. `body` is the parsed JSON, undefined when there was none. */
export type Call = {
  world: World
  principal: Principal
  accountId: string
  params: Record<string, string>
  query: URLSearchParams
  body: unknown
}

export type Handler = (call: Call) => Reply

/** The cluster if it is in the account of the call and open to its token; another account's looks unknown. */
export const findCluster = ({ world, accountId, principal }: Call, clusterId: string): SimulatedCluster | Reply => {
  const cluster = world.clusters.get(clusterId)
  if (cluster === undefined || cluster.accountId !== accountId) return notFound(`Cluster ${clusterId}`)
  if (principal.deniedClusters.includes(clusterId)) return forbidden(`The token has no permission for cluster ${clusterId}.`)
  return cluster
}

const isReply = (value: SimulatedCluster | Reply): value is Reply => 'ok' in value

/** Wraps a handler that works on the cluster named in the path. */
export const onCluster =
  (handle: (call: Call, cluster: SimulatedCluster) => Reply): Handler =>
  (call) => {
    const cluster = findCluster(call, call.params.clusterId ?? '')
    return isReply(cluster) ? cluster : handle(call, cluster)
  }
