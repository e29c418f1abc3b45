import { z } from 'zod'

/**
 * Faults that can be switched on for requests to the simulated API. A fault applies to the next `times`
 * requests whose method and path match, then it is gone.
 */
export const faultEffect = z.discriminatedUnion('kind', [
  /** Answers after a pause. */
  z.object({ kind: z.literal('latency'), ms: z.number().min(0).max(120_000) }),
  /** A 429 as documented; `retryAfter` is sent verbatim. */
  z.object({ kind: z.literal('rate-limit'), resetSeconds: z.number(), retryAfter: z.string().optional() }),
  z.object({ kind: z.literal('status'), status: z.number().int().min(400).max(599) }),
  /** The right answer, cut off after so many bytes of its body while the length says more. */
  z.object({ kind: z.literal('cut'), afterBytes: z.number().int().min(0) }),
  /** A 200 whose body is not what it should be. */
  z.object({ kind: z.literal('garbage'), body: z.enum(['html', 'empty', 'null', 'truncated', 'bom']) }),
  /** The request is carried out and never answered. */
  z.object({ kind: z.literal('hang-after') }),
  /** The request is neither carried out nor answered. */
  z.object({ kind: z.literal('hang-before') }),
  /** The connection is reset, the request not carried out, or carried out first. */
  z.object({ kind: z.literal('reset-before') }),
  z.object({ kind: z.literal('reset-after') }),
  /** The right answer with one field replaced in every item; without a value the field is taken out. */
  z.object({ kind: z.literal('field'), path: z.string().min(1), value: z.unknown().optional() }),
])
export type FaultEffect = z.infer<typeof faultEffect>

export const fault = z.object({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
  /** A piece of the path; left out, every path. */
  pathContains: z.string().default(''),
  times: z.number().int().min(1).default(1_000_000),
  effect: faultEffect,
})
export type Fault = z.infer<typeof fault>
export type FaultInput = z.input<typeof fault>

export const twinKnob = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('curse-node'), clusterId: z.string(), nodeName: z.string() }),
  z.object({ kind: z.literal('vanish-node'), clusterId: z.string(), nodeName: z.string() }),
  z.object({ kind: z.literal('controller'), clusterId: z.string(), isSilent: z.boolean() }),
  z.object({ kind: z.literal('no-capacity'), clusterId: z.string(), vngId: z.string() }),
])
export type TwinKnob = z.infer<typeof twinKnob>

export const timeInput = z.object({ speed: z.number().min(0.1).max(10_000).optional(), skipMs: z.number().min(0).optional() })
export type TimeInput = z.infer<typeof timeInput>

export const tokenInput = z.object({ token: z.string(), isRevoked: z.boolean() })
export type TokenInput = z.infer<typeof tokenInput>

export const wireInput = z.object({
  progressKey: z.enum(['migrationProgress', 'progress']).optional(),
  scaleStatusKey: z.enum(['migrationStatus', 'status']).optional(),
  isMatchLeftOut: z.boolean().optional(),
})
export type WireInput = z.infer<typeof wireInput>

/** One request as the simulator saw it. Tokens are named, never written down. */
export const journalEntry = z.object({
  atMs: z.number(),
  method: z.string(),
  path: z.string(),
  query: z.string(),
  principal: z.string().nullable(),
  status: z.number().nullable(),
})
export type JournalEntry = z.infer<typeof journalEntry>
