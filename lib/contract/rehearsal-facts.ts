import { z } from 'zod'
import { rehearsalFacts } from '@/lib/domain/rehearsal/facts'

/** What a rehearsal starts from. `fetchedAtMs` is when Spot's nodes were read. */
export const rehearsalFactsAnswer = z.object({ facts: rehearsalFacts, fetchedAtMs: z.number() })
export type RehearsalFactsAnswer = z.infer<typeof rehearsalFactsAnswer>
