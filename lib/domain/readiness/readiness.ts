import type { MigrationOptions } from '@/lib/spot/schemas/migration'
import type { Finding, FindingId, Readiness } from './finding'
import type { Effect } from './rule'
import { findingRules } from './rules'

/** The options that a finding may depend on (Spot API, Create Migration). */
export type ChosenOptions = Pick<MigrationOptions, 'respectPdb' | 'respectRestrictScaleDown' | 'shouldEvictStandalonePods'>

type Weight = 'held' | 'blocked' | 'open' | 'none'

const unlessChosen = (options: ChosenOptions | null, isBlocked: (options: ChosenOptions) => boolean): Weight => {
  if (options === null) return 'open'
  return isBlocked(options) ? 'blocked' : 'none'
}

const weigh: Record<Effect, (options: ChosenOptions | null) => Weight> = {
  none: () => 'none',
  opens: () => 'open',
  blocks: () => 'blocked',
  holds: () => 'held',
  'depends-on-pdb': (options) => unlessChosen(options, ({ respectPdb }) => respectPdb),
  'depends-on-rsd': (options) => unlessChosen(options, ({ respectRestrictScaleDown }) => respectRestrictScaleDown),
  'depends-on-standalone': (options) => unlessChosen(options, ({ shouldEvictStandalonePods }) => !shouldEvictStandalonePods),
}

/**
 * False for a finding that the chosen options have answered. A pod without a controller is never answered: evicted
 * or left, somebody loses something.
 */
export const isOpenUnder = (id: FindingId, options: ChosenOptions): boolean => {
  const { effect } = findingRules[id]
  return (effect !== 'depends-on-pdb' && effect !== 'depends-on-rsd') || weigh[effect](options) !== 'none'
}

/**
 * What the findings add up to: held if a person holds the node, unable if something blocks it, needs
 * validation while a fact is open, else ready. `options` null means not chosen yet: what depends on them is
 * open, since it blocks under one choice and not under the other.
 */
export const readinessOf = (findings: readonly Finding[], options: ChosenOptions | null = null): Readiness => {
  const weights = new Set(findings.map(({ id }) => weigh[findingRules[id].effect](options)))
  if (weights.has('held')) return 'held'
  if (weights.has('blocked')) return 'unable'
  return weights.has('open') ? 'needs-validation' : 'ready'
}
