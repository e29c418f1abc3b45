import { canonicalPlan, type PlanChoices, type ReviewedPlan } from '@/lib/domain/plan/reviewed'

/** SHA-256 of a reviewed plan with its choices, in hexadecimal: the same in a browser and on the server. */
export const planHash = async (plan: ReviewedPlan, choices: PlanChoices): Promise<string> => {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalPlan(plan, choices)))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Enough of a hash to compare two by eye. */
export const shortHash = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)} ${hash.slice(8, 12)}`
