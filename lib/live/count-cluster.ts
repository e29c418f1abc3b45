import 'server-only'
import type { SpotClient } from '@/lib/spot/client'
import type { LiveLog } from './log'
import { problemOf } from './problem'
import type { Recorder } from './recorder'

type CountInput = { spot: SpotClient; clusterId: string; recorder: Recorder; log: LiveLog }

/**
 * Records how many nodes the cluster has as its run begins: one reading of the batch size is a share of them.
 * Only for runs that were started here, whose first moments are watched; without the number a run still
 * speaks about the other readings.
 */
export const countCluster = async ({ spot, clusterId, recorder, log }: CountInput): Promise<void> => {
  try {
    const { data } = await spot.listNodes(clusterId)
    recorder.record([], { clusterNodes: data.length })
  } catch (error) {
    log.warn({ clusterId, code: problemOf(error).code }, 'the nodes of a cluster could not be counted as its run began')
  }
}
