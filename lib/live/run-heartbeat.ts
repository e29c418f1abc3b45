import 'server-only'
import { assessHeartbeat, type HeartbeatFacts } from '@/lib/domain/heartbeat'
import type { NewRunChange } from '@/lib/domain/progress/change'
import type { SpotClient } from '@/lib/spot/client'
import { SpotError } from '@/lib/spot/errors'

/** Pages ask for it as well; some readings apart, one answer serves all. */
const maxAgeMs = 5_000
/** From this pace on little of the budget is left, which the readings of runs need more. */
const tooSlow = 4
/** Readings in a row without an answer after which what was heard before tells nothing of now. */
const mostMissed = 3

/**
 * Reads what Spot hears of the cluster's controller, and tells when that has changed, or is no longer known. The
 * call is documented for AWS and GKE only: where it has never been offered it is not asked again.
 */
export const createRunHeartbeat = (spot: Pick<SpotClient, 'getHeartbeat' | 'pace'>, clusterId: string) => {
  let isOffered = true
  let missed = 0

  const read = async (wasHeard: boolean, signal: AbortSignal): Promise<HeartbeatFacts | null> => {
    if (!isOffered || spot.pace('getHeartbeat') >= tooSlow) return null
    try {
      const { data, fetchedAtMs } = await spot.getHeartbeat(clusterId, { maxAgeMs, signal })
      return data === null ? null : assessHeartbeat(data, fetchedAtMs)
    } catch (error) {
      if (!(error instanceof SpotError)) throw error
      isOffered = wasHeard || error.kind !== 'not-found'
      return null
    }
  }

  return async (before: HeartbeatFacts | undefined, signal: AbortSignal): Promise<NewRunChange[]> => {
    const heard = await read(before !== undefined, signal)
    missed = heard === null ? missed + 1 : 0
    if (before === undefined) return heard === null ? [] : [{ kind: 'heartbeat', body: heard }]
    const body = heard ?? (missed < mostMissed ? before : { state: 'unknown' as const, status: null, lastHeartbeatMs: before.lastHeartbeatMs })
    return before.state === body.state && before.status === body.status ? [] : [{ kind: 'heartbeat', body }]
  }
}
