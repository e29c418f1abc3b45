import { z } from 'zod'
import { parsePoolLimits, rollbackFacts, rollbackKit } from '@/lib/domain/plan/rollback'

const longestPaste = 200_000

/** What a person pasted from `az aks nodepool show` or `list`, understood. */
export const poolLimitsRequest = z
  .object({ text: z.string().max(longestPaste, 'That is more than the limits of a cluster’s pools. Paste the output of the commands only.') })
  .transform(({ text }, ctx) => {
    const pools = parsePoolLimits(text)
    if (pools !== null) return { pools }
    ctx.addIssue({ code: 'custom', path: ['text'], message: 'This is not the output of the commands: paste the JSON that they print, all of it.' })
    return z.NEVER
  })
export type PoolLimitsRequest = z.output<typeof poolLimitsRequest>

/** What going back from a launch now would need. */
export const rollbackFactsAnswer = rollbackFacts
export type RollbackFactsAnswer = z.infer<typeof rollbackFactsAnswer>

/** The kit of a run; null for a run that was not launched by Slipway, or before kits were kept. */
export const rollbackKitAnswer = z.object({ kit: rollbackKit.nullable() })
export type RollbackKitAnswer = z.infer<typeof rollbackKitAnswer>
