import 'server-only'
import type { Database } from '@/lib/db/client'
import { insertShare } from '@/lib/db/queries/cluster-shares'
import { countManaged } from '@/lib/domain/managed-share'
import type { SpotNode } from '@/lib/spot/schemas/node'
import type { LiveLog } from './log'

type CountInput = { db: Database; accountId: string; clusterId: string; nodes: readonly SpotNode[]; at: Date; log: LiveLog }

/** Keeps how many nodes of a cluster are managed as a run of it begins or ends. A run goes on without. */
export const countCluster = async ({ db, accountId, clusterId, nodes, at, log }: CountInput): Promise<void> => {
  await insertShare(db, { accountId, clusterId, at, ...countManaged(nodes) }).catch(() => log.warn({ clusterId }, 'a count of managed nodes could not be kept'))
}
