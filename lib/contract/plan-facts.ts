import { z } from 'zod'
import { planFacts } from '@/lib/domain/plan/facts'

/** What a plan rests on beside the list of nodes. `fetchedAtMs` is when Spot's nodes were read. */
export const planFactsAnswer = planFacts.extend({ fetchedAtMs: z.number() })
export type PlanFactsAnswer = z.infer<typeof planFactsAnswer>
