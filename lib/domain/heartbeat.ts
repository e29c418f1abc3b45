import { z } from 'zod'
import type { Heartbeat } from '@/lib/spot/schemas/cluster'

/** `stale`: not heard of for too long. `inactive`: heard of lately, with another word for it than active. */
export const heartbeatStates = ['reporting', 'stale', 'inactive', 'unknown'] as const
export type HeartbeatState = (typeof heartbeatStates)[number]

/** What Spot hears of a cluster's controller; null is "not said". */
export const heartbeatFacts = z.object({ state: z.enum(heartbeatStates), status: z.string().nullable(), lastHeartbeatMs: z.number().nullable() })
export type HeartbeatFacts = z.infer<typeof heartbeatFacts>

/** A controller reports every half minute; after five minutes without a word it counts as gone. */
const staleAfterMs = 5 * 60_000

/** The vendor's word with its age. A report from the future is a clock's fault and counts as fresh. */
export const assessHeartbeat = (beat: Heartbeat, nowMs: number): HeartbeatFacts => {
  const lastHeartbeatMs = beat.lastHeartbeat === null ? Number.NaN : Date.parse(beat.lastHeartbeat)
  if (Number.isNaN(lastHeartbeatMs)) return { state: 'unknown', status: beat.status, lastHeartbeatMs: null }
  const heard = beat.status.toUpperCase() === 'ACTIVE' ? 'reporting' : 'inactive'
  return { state: nowMs - lastHeartbeatMs > staleAfterMs ? 'stale' : heard, status: beat.status, lastHeartbeatMs }
}
