import { z } from 'zod'

export const severities = ['blocker', 'warning', 'note'] as const
export type Severity = (typeof severities)[number]

/** The closed list of rules. Each has one entry in `rules.ts`. */
export const findingIds = [
  'no-vng-match',
  'match-not-said',
  'vng-unknown',
  'node-not-ready',
  'node-not-reported',
  'system-pool',
  'controller-stale',
  'controller-unknown',
] as const
export type FindingId = (typeof findingIds)[number]

/** One reason about one node, with its severity and the remedy that stands next to it. */
export const finding = z.object({
  id: z.enum(findingIds),
  severity: z.enum(severities),
  sentence: z.string(),
  remedy: z.string(),
})
export type Finding = z.infer<typeof finding>

export const readinessStates = ['ready', 'needs-validation', 'unable', 'held'] as const
export type Readiness = (typeof readinessStates)[number]
