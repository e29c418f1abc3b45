import 'server-only'
import type { HeartbeatAnswer } from '@/lib/contract/clusters'
import type { SpotClient } from '@/lib/spot/client'

/** A controller reports every half minute; after five without a word it counts as gone. */
const staleAfterMs = 5 * 60_000

const unread: HeartbeatAnswer = { state: 'unknown', status: null, lastHeartbeatMs: null }

/**
 * The controller's heartbeat. The call is documented for AWS and GKE only, so a failure is "unknown" and
 * never the failure of a page.
 */
export const readHeartbeat = async (spot: SpotClient, clusterId: string, nowMs: number): Promise<HeartbeatAnswer> => {
  try {
    const { data } = await spot.getHeartbeat(clusterId)
    if (data === null) return unread
    const lastHeartbeatMs = data.lastHeartbeat === null ? Number.NaN : Date.parse(data.lastHeartbeat)
    if (Number.isNaN(lastHeartbeatMs)) return { ...unread, status: data.status }
    const isStale = nowMs - lastHeartbeatMs > staleAfterMs || data.status.toUpperCase() !== 'ACTIVE'
    return { state: isStale ? 'stale' : 'reporting', status: data.status, lastHeartbeatMs }
  } catch {
    return unread
  }
}
