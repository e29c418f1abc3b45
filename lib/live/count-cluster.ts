import 'server-only'
import type { Database } from '@/lib/db/client'
import { insertShare } from '@/lib/db/queries/cluster-shares'
import { countManaged } from '@/lib/domain/managed-share'
import type { SpotClient } from '@/lib/spot/client'
import type { LiveLog } from './log'
import { problemOf } from './problem'

type CountInput = { db: Database; spot: SpotClient; accountId: string; clusterId: string; at: Date; log: LiveLog }

/**
 * Counts the nodes of a cluster as a run of it begins or ends, keeps how many of them are managed, and gives
 * how many there are; null when Spot does not say. A run goes on without.
 */
export const countCluster = async ({ db, spot, accountId, clusterId, at, log }: CountInput): Promise<number | null> => {
  try {
    const { data } = await spot.listNodes(clusterId, { fresh: true })
    await insertShare(db, { accountId, clusterId, at, ...countManaged(data) }).catch(() => log.warn({ clusterId }, 'a count of managed nodes could not be kept'))
    return data.length
  } catch (error) {
    log.warn({ clusterId, code: problemOf(error).code }, 'the nodes of a cluster could not be counted')
    return null
  }
}
