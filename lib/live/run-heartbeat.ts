import 'server-only'
import { assessHeartbeat, type HeartbeatFacts } from '@/lib/domain/heartbeat'
import type { NewRunChange } from '@/lib/domain/progress/change'
import type { SpotClient } from '@/lib/spot/client'
import { SpotError } from '@/lib/spot/errors'

/** Pages ask for it as well; some readings apart, one answer serves all. */
const maxAgeMs = 5_000
/** From this pace on little of the budget is left, which the readings of runs need more. */
const tooSlow = 4

/** Reads what Spot hears of the cluster's controller, and tells when that has changed. The call is documented for AWS and GKE only: where it is not offered it is not asked again. */
export const createRunHeartbeat = (spot: Pick<SpotClient, 'getHeartbeat' | 'pace'>, clusterId: string) => {
  let isOffered = true
  return async (before: HeartbeatFacts | undefined, signal: AbortSignal): Promise<NewRunChange[]> => {
    if (!isOffered || spot.pace('getHeartbeat') >= tooSlow) return []
    try {
      const { data, fetchedAtMs } = await spot.getHeartbeat(clusterId, { maxAgeMs, signal })
      if (data === null) return []
      const body = assessHeartbeat(data, fetchedAtMs)
      return before?.state === body.state && before.status === body.status ? [] : [{ kind: 'heartbeat', body }]
    } catch (error) {
      if (!(error instanceof SpotError)) throw error
      isOffered = error.kind !== 'not-found'
      return []
    }
  }
}
