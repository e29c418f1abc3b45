import 'server-only'
import type { HeartbeatAnswer } from '@/lib/contract/clusters'
import type { PartProblem } from '@/lib/contract/problem'
import { assessHeartbeat } from '@/lib/domain/heartbeat'
import type { SpotClient } from '@/lib/spot/client'
import { SpotError } from '@/lib/spot/errors'
import type { Heartbeat } from '@/lib/spot/schemas/cluster'
import type { ReadOptions, SpotRead } from '@/lib/spot/types'
import { readPart } from './part'

const unread: HeartbeatAnswer = { state: 'unknown', status: null, lastHeartbeatMs: null }

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
