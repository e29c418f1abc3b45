import { z } from 'zod'
import type { PredictedBatches } from '@/lib/domain/batches/predicted'
import { commentBudget } from '@/lib/domain/launch-mark'
import { planDifference } from '@/lib/domain/plan/differences'
import { reviewedPlan, type ReviewedPlan } from '@/lib/domain/plan/reviewed'
import { riskIds } from '@/lib/domain/plan/risks'
import { migrationOptions } from '@/lib/spot/schemas/migration'
import { rehearsedLine } from './rehearsed-line'

const name = z.string().min(1).max(253)

/** A reviewed plan beside a selection of nodes, which are then not named twice: `nodeNames` are those of the selection. */
const sentReview = reviewedPlan.extend({ nodeNames: reviewedPlan.shape.nodeNames.optional() })

/**
 * A launch. `launchKey` is made once by the browser when the last step is shown: the same key always gives
 * the same launch, however often it is sent. Exactly one of the two lists holds names.
 * `reviewed` is what the person saw, `planHash` the hash of it with the choices: a launch on other facts is refused.
 */
export const launchRequest = z
  .object({
    launchKey: z.uuid('The launch key is not valid. Reload the page.'),
    /** The draft that is launched: it becomes one migration. */
    draftId: z.uuid('The plan is not valid. Reload the page.').optional(),
    nodeNames: z.array(name).max(20_000).optional(),
    nodePoolNames: z.array(name).max(1_000).optional(),
    options: migrationOptions,
    /** False: no copy of the starter's token is kept for the run, which is then recorded while someone has it open. */
    isRecordingKept: z.boolean().optional(),
    /** What this plan was rehearsed to do. One that is not valid is left out: it never stands in the way of a launch. */
    rehearsed: rehearsedLine.optional().catch(undefined),
    comment: z.string().max(commentBudget, `A comment is at most ${commentBudget} characters long.`),
    reviewed: sentReview,
    planHash: z.string().regex(/^[0-9a-f]{64}$/, 'The hash of the plan is not valid. Reload the page.'),
    /** Risks that the person has acknowledged, one by one. */
    acknowledged: z.array(z.enum(riskIds)).max(riskIds.length),
    /** The cluster's name as typed, where `needsTypedName` asks for it. */
    typedClusterName: z.string().max(300).optional(),
  })
  .superRefine((value, ctx) => {
    const nodes = value.nodeNames?.length ?? 0
    const pools = value.nodePoolNames?.length ?? 0
    if (nodes > 0 && pools > 0)
      ctx.addIssue({ code: 'custom', path: ['nodePoolNames'], message: 'Give nodes or node pools, not both.' })
    if (nodes === 0 && pools === 0)
      ctx.addIssue({ code: 'custom', path: ['nodeNames'], message: 'Select at least one node.' })
    const reviewed = value.reviewed.nodeNames?.length ?? nodes
    if (value.reviewed.kindOf.length !== reviewed || value.reviewed.kindOf.some((kind) => kind >= value.reviewed.kinds.length))
      ctx.addIssue({ code: 'custom', path: ['reviewed'], message: 'The reviewed plan does not belong to this selection. Reload the page.' })
  })
export type LaunchRequest = z.infer<typeof launchRequest>

/** What is kept of a launch, with the batches that were foreseen. Of the reviewed plan its hash is kept, in a column of its own. */
export type LaunchPayload = Omit<LaunchRequest, 'draftId' | 'reviewed' | 'planHash' | 'acknowledged' | 'typedClusterName'> & Partial<Pick<LaunchRequest, 'acknowledged'>> & { predicted?: PredictedBatches }

/** The reviewed plan of a request, with the names of its nodes. */
export const reviewOfRequest = ({ reviewed, nodeNames }: Pick<LaunchRequest, 'reviewed' | 'nodeNames'>): ReviewedPlan => ({ ...reviewed, nodeNames: reviewed.nodeNames ?? nodeNames ?? [] })

/** Goes with `plan_changed` and `risk_not_acknowledged`: what differs, the plan as it is now, and the risks that apply to it. */
export const launchReview = z.object({
  differences: z.array(planDifference),
  fresh: reviewedPlan,
  risks: z.array(z.object({ id: z.enum(riskIds), sentence: z.string() })),
})
export type LaunchReview = z.infer<typeof launchReview>
