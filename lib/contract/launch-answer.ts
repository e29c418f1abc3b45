import { z } from 'zod'
import { partProblem } from './problem'

// Apart from the request: every page reads these, and what a plan is reviewed with comes with that.

/**
 * pending: recorded, not yet sent. sent: on its way. acked: the migration exists. rejected: Spot refused it.
 * unknown: sent, no answer, not found yet. not_found: Spot's list does not show it; sending again is a
 * person's decision.
 */
export const launchStates = ['pending', 'sent', 'acked', 'rejected', 'unknown', 'not_found'] as const
export type LaunchState = (typeof launchStates)[number]

export const launchAnswer = z.object({
  launchId: z.string(),
  clusterId: z.string(),
  state: z.enum(launchStates),
  mark: z.string(),
  migrationId: z.string().nullable(),
  startedBy: z.string(),
  createdAtMs: z.number(),
  problem: partProblem.nullable(),
})
export type LaunchAnswer = z.infer<typeof launchAnswer>
