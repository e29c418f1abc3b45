import type { MigrationOptions } from '@/lib/spot/schemas/migration'

export const riskIds = ['terminates-nodes', 'evicts-standalone-pods', 'ignores-pdbs', 'all-at-once'] as const
export type RiskId = (typeof riskIds)[number]

export type Risk = { id: RiskId; sentence: string }

type RiskInput = { options: MigrationOptions; nodes: number; largestBatch: number }

const count = (nodes: number) => (nodes === 1 ? '1 old node' : `${nodes.toLocaleString('en-GB')} old nodes`)

/** The risks that apply to this launch; each is acknowledged on its own before the button works. */
export const risksOf = ({ options, nodes, largestBatch }: RiskInput): Risk[] => {
  const risks: Risk[] = []
  if (options.shouldTerminateNodes)
    risks.push({
      id: 'terminates-nodes',
      sentence: `${count(nodes)} will be deleted from Azure once drained. This cannot be undone; going back means scaling the old pools up again.`,
    })
  if (options.shouldEvictStandalonePods)
    risks.push({
      id: 'evicts-standalone-pods',
      sentence: 'Pods that no controller owns are evicted and are not started again by anyone. Which pods these are is not read.',
    })
  if (!options.respectPdb)
    risks.push({
      id: 'ignores-pdbs',
      sentence: 'Pod Disruption Budgets are ignored: a workload can lose all its replicas at the same time.',
    })
  if (largestBatch === nodes && nodes > 1)
    risks.push({
      id: 'all-at-once',
      sentence: `All ${nodes.toLocaleString('en-GB')} nodes may be drained at the same time, in one batch.`,
    })
  return risks
}
