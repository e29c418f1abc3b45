import { z } from 'zod'
import { poolScaling } from '@/lib/domain/plan/pool-scaling'
import { rehearsalFacts } from '@/lib/domain/rehearsal/facts'

/** What a rehearsal starts from. `fetchedAtMs` is when Spot's nodes were read, `podsReadAtMs` when Kubernetes' pods were. */
export const rehearsalFactsAnswer = z.object({ facts: rehearsalFacts, fetchedAtMs: z.number(), podsReadAtMs: z.number().nullable(), poolScaling })
export type RehearsalFactsAnswer = z.infer<typeof rehearsalFactsAnswer>
