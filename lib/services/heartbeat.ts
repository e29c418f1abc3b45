import 'server-only'
import type { HeartbeatAnswer } from '@/lib/contract/clusters'
import type { PartProblem } from '@/lib/contract/problem'
import type { SpotClient } from '@/lib/spot/client'
import { SpotError } from '@/lib/spot/errors'
import type { Heartbeat } from '@/lib/spot/schemas/cluster'
import type { ReadOptions, SpotRead } from '@/lib/spot/types'
import { readPart } from './part'

/** A controller reports every half minute; after five minutes without a word it counts as gone. */
const staleAfterMs = 5 * 60_000

const unread: HeartbeatAnswer = { state: 'unknown', status: null, lastHeartbeatMs: null }

/** The vendor's word with its age. A report from the future is a clock's fault and counts as fresh. */
export const assessHeartbeat = (beat: Heartbeat, nowMs: number): HeartbeatAnswer => {
  const lastHeartbeatMs = beat.lastHeartbeat === null ? Number.NaN : Date.parse(beat.lastHeartbeat)
  if (Number.isNaN(lastHeartbeatMs)) return { ...unread, status: beat.status }
  const isStale = nowMs - lastHeartbeatMs > staleAfterMs || beat.status.toUpperCase() !== 'ACTIVE'
  return { state: isStale ? 'stale' : 'reporting', status: beat.status, lastHeartbeatMs }
}

/** The call is documented for AWS and GKE only: "not found" on AKS says nothing and is no problem. */
const isNotOffered = (error: unknown) => error instanceof SpotError && error.kind === 'not-found'

const askHeartbeat = async (spot: SpotClient, clusterId: string, options: ReadOptions): Promise<SpotRead<Heartbeat | null> | null> => {
  try {
    return await spot.getHeartbeat(clusterId, options)
  } catch (error) {
    if (isNotOffered(error)) return null
    throw error
  }
}

/** The controller's heartbeat. Without it a page shows "unknown"; why it could not be read is in `problem`. */
export const readHeartbeat = async (spot: SpotClient, clusterId: string, nowMs: number, options: ReadOptions = {}): Promise<{ heartbeat: HeartbeatAnswer; problem: PartProblem | null }> => {
  const { data: read, problem } = await readPart(askHeartbeat(spot, clusterId, options))
  const beat = read?.data ?? null
  return { heartbeat: beat === null ? unread : assessHeartbeat(beat, nowMs), problem }
}
