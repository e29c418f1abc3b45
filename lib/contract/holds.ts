import { z } from 'zod'

export const holdKinds = ['node', 'pool'] as const
export type HoldKind = (typeof holdKinds)[number]

export const longestReason = 200
/** Nodes or pools of one request. */
export const mostHeldAtOnce = 5_000

/** Why something is held: one line, since it stands in rows and sentences. */
export const holdReason = z
  .string()
  .trim()
  .min(1, 'Write why it is held.')
  .max(longestReason, `A reason is at most ${longestReason} characters long.`)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'A reason is one line of text.')

/** Nodes or pools to hold, all for one reason. `endsAtMs` null holds until somebody releases. */
export const holdRequest = z.object({
  kind: z.enum(holdKinds),
  names: z
    .array(z.string().min(1).max(253))
    .min(1, 'Name at least one node or pool.')
    .max(mostHeldAtOnce, `At most ${mostHeldAtOnce.toLocaleString('en-GB')} are held at once.`),
  reason: holdReason,
  endsAtMs: z.int().nullable(),
  /** Holds on the same names that were shown and are meant to be replaced. Any other is left as it is, and the request refused. */
  replaces: z.array(z.uuid('There is no such hold.')).max(mostHeldAtOnce).optional(),
})
export type HoldRequest = z.infer<typeof holdRequest>

/** What was held together is released together. */
export const releaseRequest = z.object({ holdIds: z.array(z.uuid('There is no such hold.')).min(1, 'Name at least one hold.').max(mostHeldAtOnce) })
export type ReleaseRequest = z.infer<typeof releaseRequest>

const hold = z.object({
  holdId: z.string(),
  kind: z.enum(holdKinds),
  name: z.string(),
  reason: z.string(),
  heldBy: z.string(),
  createdAtMs: z.number(),
  endsAtMs: z.number().nullable(),
})
export type Hold = z.infer<typeof hold>

/** The holds of a cluster that count now: pools first, each by name. */
export const holdsAnswer = z.object({ holds: z.array(hold), fetchedAtMs: z.number() })
export type HoldsAnswer = z.infer<typeof holdsAnswer>

/** With how many of those that were asked for were there to be released. */
export const releaseAnswer = holdsAnswer.extend({ released: z.number() })
export type ReleaseAnswer = z.infer<typeof releaseAnswer>
