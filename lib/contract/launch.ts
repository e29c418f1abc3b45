import { z } from 'zod'
import { commentBudget } from '@/lib/domain/launch-mark'
import { migrationOptions } from '@/lib/spot/schemas/migration'
import { partProblem } from './problem'

const name = z.string().min(1).max(253)

/**
 * A launch. `launchKey` is made once by the browser when the last step is shown: the same key always gives
 * the same launch, however often it is sent. Exactly one of the two lists holds names.
 */
export const launchRequest = z
  .object({
    launchKey: z.uuid('The launch key is not valid. Reload the page.'),
    nodeNames: z.array(name).max(20_000).optional(),
    nodePoolNames: z.array(name).max(1_000).optional(),
    options: migrationOptions,
    /** False: no copy of the starter's token is kept for the run, which is then recorded while someone has it open. */
    isRecordingKept: z.boolean().optional(),
    comment: z.string().max(commentBudget, `A comment is at most ${commentBudget} characters long.`),
  })
  .superRefine((value, ctx) => {
    const nodes = value.nodeNames?.length ?? 0
    const pools = value.nodePoolNames?.length ?? 0
    if (nodes > 0 && pools > 0)
      ctx.addIssue({ code: 'custom', path: ['nodePoolNames'], message: 'Give nodes or node pools, not both.' })
    if (nodes === 0 && pools === 0)
      ctx.addIssue({ code: 'custom', path: ['nodeNames'], message: 'Select at least one node.' })
  })
export type LaunchRequest = z.infer<typeof launchRequest>

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
