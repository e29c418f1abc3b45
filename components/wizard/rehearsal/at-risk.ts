import { outcomeOf, type Outcome } from '@/lib/domain/run-rules'
import type { NodeForecast, RehearsalSummary } from '@/lib/rehearsal/summary'

/** A node that does not move in every rehearsal. `stays`: in how many of them it does not. */
export type AtRisk = { nodeName: string; outcome: Outcome; status: string; stays: number; reason: string }

/** Nodes with the same outcome for the same reason. Those that budgets hold are one group, whichever budgets they are. */
export type AtRiskGroup = { outcome: Outcome; reason: string; nodes: AtRisk[]; budgets: string[]; least: number; most: number }

const unexplained = 'No reason is named.'

/** A node that moves in some of the rehearsals has been heard to stay in the others, though the reasons may say nothing. */
const staysIn = ({ status, runs: often }: NodeForecast, runs: number): number => (outcomeOf(status) === 'moved' ? runs - often : often)

const rank: Partial<Record<Outcome, number>> = { failed: 0, skipped: 1, untouched: 2, moved: 3 }

/** The planned nodes of which some rehearsal says that they stay: what fails first, then by how often. */
export const atRiskOf = ({ nodes, runs }: Pick<RehearsalSummary, 'nodes' | 'runs'>): AtRisk[] =>
  nodes
    .map((node) => ({ nodeName: node.nodeName, status: node.status, outcome: outcomeOf(node.status), stays: staysIn(node, runs), reason: node.reasons[0]?.reason ?? unexplained }))
    .filter(({ stays }) => stays > 0)
    .sort((a, b) => (rank[a.outcome] ?? 4) - (rank[b.outcome] ?? 4) || b.stays - a.stays)

const heldByBudgets = /^Pod Disruption Budget (.+) (allowed no disruption .+)$/

/** Nearly every node has budgets of its own, so what they are called is taken out of the sentence. */
const withoutNames = (reason: string): { sentence: string; budgets: string[] } => {
  const [, names, rest] = heldByBudgets.exec(reason) ?? []
  return names === undefined ? { sentence: reason, budgets: [] } : { sentence: `A Pod Disruption Budget ${rest}`, budgets: names.split(', ') }
}

const groupOf = (nodes: AtRisk[]): AtRiskGroup => {
  const [{ outcome, reason } = { outcome: 'untouched' as const, reason: unexplained }] = nodes
  const stays = nodes.map((node) => node.stays)
  const budgets = [...new Set(nodes.flatMap((node) => withoutNames(node.reason).budgets))].sort()
  return { outcome, reason: budgets.length > 1 ? withoutNames(reason).sentence : reason, nodes, budgets, least: Math.min(...stays), most: Math.max(...stays) }
}

/** The same by outcome and reason, the largest group first within an outcome. */
export const groupAtRisk = (rows: readonly AtRisk[]): AtRiskGroup[] => {
  const groups = new Map<string, AtRisk[]>()
  for (const row of rows) {
    const key = `${row.outcome} ${withoutNames(row.reason).sentence}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [row])
    else known.push(row)
  }
  return [...groups.values()].map(groupOf).sort((a, b) => (rank[a.outcome] ?? 4) - (rank[b.outcome] ?? 4) || b.nodes.length - a.nodes.length)
}

/** `in 3 to 9 of 15 rehearsals`. */
export const inHowMany = (least: number, most: number, runs: number): string => (runs === 1 ? 'in the one rehearsal so far' : `in ${least === most ? least : `${least} to ${most}`} of ${runs} rehearsals`)
