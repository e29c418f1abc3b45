import { z } from 'zod'
import { accountId } from '@/lib/spot/schemas/ids'

export const tokenInput = z
  .string()
  .trim()
  .min(1, 'Paste a Spot API token.')
  .max(4096, 'A token is at most 4,096 characters long.')
  .regex(/^[\x21-\x7e]+$/, 'A token holds no spaces or line breaks.')

export const displayNameInput = z
  .string()
  .trim()
  .min(1, 'Enter the name that the record will show for what you do.')
  .max(60, 'A name is at most 60 characters long.')

export const accountsRequest = z.object({ token: tokenInput })

export const accountsAnswer = z.object({
  /** False when the token may not list accounts: the id is then typed. */
  canList: z.boolean(),
  accounts: z.array(z.object({ accountId: z.string(), name: z.string() })),
})
export type AccountsAnswer = z.infer<typeof accountsAnswer>

export const signInRequest = z.object({ token: tokenInput, accountId, displayName: displayNameInput })
export type SignInRequest = z.infer<typeof signInRequest>

export const sessionAnswer = z.object({
  accountId: z.string(),
  accountName: z.string().nullable(),
  displayName: z.string(),
  expiresAtMs: z.number(),
  upstream: z.string(),
  isSimulator: z.boolean(),
  database: z.enum(['embedded', 'postgres']),
  version: z.string(),
  /** Days after its end that a run is kept; null: until somebody deletes it. */
  retentionDays: z.number().nullable(),
})
export type SessionAnswer = z.infer<typeof sessionAnswer>

/** Runs that are recorded with the token of this session: each keeps a sealed copy of it until it ends. */
export const recordingsAnswer = z.object({ recordings: z.array(z.object({ clusterId: z.string(), migrationId: z.string() })) })
export type RecordingsAnswer = z.infer<typeof recordingsAnswer>

const routeBudget = z.object({
  route: z.string(),
  limit: z.number(),
  remaining: z.number(),
  resetsAtMs: z.number(),
  blockedUntilMs: z.number().nullable(),
})
/** What is left of the organisation's API budget. Routes not called in the last minute are not listed. */
export const budgetAnswer = z.object({ busiest: routeBudget.nullable(), routes: z.array(routeBudget) })
export type BudgetAnswer = z.infer<typeof budgetAnswer>
