import { counted, plural } from '@/lib/format/plural'
import type { MigrationOptions } from '@/lib/spot/schemas/migration'
import { shortList } from '../readiness/rules'
import type { SelectionEffects } from './effects'

export const riskIds = ['terminates-nodes', 'evicts-standalone-pods', 'ignores-pdbs', 'all-at-once'] as const
export type RiskId = (typeof riskIds)[number]

export type Risk = { id: RiskId; sentence: string }

/** Whether the cluster's name is typed as well: old nodes are deleted, and no budget is asked, at once. */
export const needsTypedName = ({ shouldTerminateNodes, respectPdb }: Pick<MigrationOptions, 'shouldTerminateNodes' | 'respectPdb'>): boolean => shouldTerminateNodes && !respectPdb

/** `effects` left out or null in part: Kubernetes was not read, so a risk cannot be ruled out nor named. */
type RiskInput = { options: MigrationOptions; nodes: number; largestBatch: number; effects?: Pick<SelectionEffects, 'budgets' | 'standalone'> }

const count = (nodes: number) => (nodes === 1 ? '1 old node' : `${nodes.toLocaleString('en-GB')} old nodes`)

/** Null when it is known that there are none. */
const standaloneSentence = (standalone: SelectionEffects['standalone'] | undefined): string | null => {
  if (standalone == null) return 'Pods that no controller owns are evicted and are not started again by anyone. Which pods these are is not read.'
  const { pods } = standalone
  return pods.length === 0 ? null : `${counted(pods.length, 'pod')} that no controller owns ${plural(pods.length, 'is', 'are')} evicted and not started again by anyone: ${shortList(pods)}.`
}

const budgetSentence = (budgets: SelectionEffects['budgets'] | undefined): string | null => {
  const base = 'Pod Disruption Budgets are ignored: a workload can lose all its replicas at the same time.'
  if (budgets == null) return base
  const { all, refusing } = budgets
  if (all.length === 0) return null
  const refused = refusing.length === 0 ? 'None of them refuses now.' : `${counted(refusing.length, 'budget')} ${plural(refusing.length, 'refuses', 'refuse')} now: ${shortList(refusing.map(({ name }) => name))}.`
  return `${base} ${counted(all.length, 'budget')} over pods here ${plural(all.length, 'is', 'are')} not asked. ${refused}`
}

/** The risks that apply to this launch; each is acknowledged on its own before the button works. */
export const risksOf = ({ options, nodes, largestBatch, effects }: RiskInput): Risk[] => {
  const risks: Risk[] = []
  if (options.shouldTerminateNodes)
    risks.push({
      id: 'terminates-nodes',
      sentence: `${count(nodes)} will be deleted from Azure once drained. This cannot be undone; going back means scaling the old pools up again.`,
    })
  const standalone = options.shouldEvictStandalonePods ? standaloneSentence(effects?.standalone) : null
  if (standalone !== null) risks.push({ id: 'evicts-standalone-pods', sentence: standalone })
  const budgets = options.respectPdb ? null : budgetSentence(effects?.budgets)
  if (budgets !== null) risks.push({ id: 'ignores-pdbs', sentence: budgets })
  if (largestBatch === nodes && nodes > 1)
    risks.push({
      id: 'all-at-once',
      sentence: `All ${nodes.toLocaleString('en-GB')} nodes may be drained at the same time, in one batch.`,
    })
  return risks
}
