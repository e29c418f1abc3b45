import type { PreferencesInput } from '@/lib/contract/draft'
import type { MovedLine } from '@/lib/rehearsal/moved-line'
import type { RehearsalPlan } from '@/lib/rehearsal/plan'

type Rehearsed = { state: { plan: RehearsalPlan } | null; summary: { line: MovedLine } | null }
type Launched = { reviewed: { nodeNames: readonly string[] }; preferences: PreferencesInput }

/** What was rehearsed for exactly this launch, the same nodes with the same options; undefined for any other. */
export const rehearsedLineOf = ({ state, summary }: Rehearsed, { reviewed, preferences }: Launched): MovedLine | undefined => {
  if (state === null || summary === null) return undefined
  const { nodeNames, options } = state.plan
  const launched = new Set(reviewed.nodeNames)
  const isSameSelection = nodeNames.length === launched.size && nodeNames.every((name) => launched.has(name))
  const isSameChoice = (Object.keys(options) as (keyof RehearsalPlan['options'])[]).every((key) => options[key] === preferences[key])
  return isSameSelection && isSameChoice ? summary.line : undefined
}
