import { NodeStatusBadge } from '@/components/domain/badges'
import { outcomeLook } from '@/components/domain/outcome-look'
import type { TableColumn } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import { NameCell } from '@/components/table/name-cell'
import type { Outcome } from '@/lib/domain/run-rules'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { NameList } from '../name-list'
import { PlanLine } from '../plan-line'
import { groupAtRisk, inHowMany, type AtRisk, type AtRiskGroup } from './at-risk'

/** From so many nodes on they are a table. */
const fewNodes = 12

const outcomeWords: Partial<Record<Outcome, string>> = { failed: 'would fail', skipped: 'would be skipped', untouched: 'would not be reached', moved: 'may stay' }

const GroupLine = ({ group, runs, hasNames }: { group: AtRiskGroup; runs: number; hasNames: boolean }) => {
  const { outcome, nodes, budgets, reason, least, most } = group
  return (
    <PlanLine status={outcome === 'moved' ? 'warning' : outcomeLook[outcome].status} word={`${counted(nodes.length, 'node')} ${outcomeWords[outcome] ?? 'would stay'} ${inHowMany(least, most, runs)}`}>
      <span className="[overflow-wrap:anywhere]">{visibleText(reason)}</span>
      {budgets.length > 1 ? <NameList title={counted(budgets.length, 'budget')} names={budgets} /> : null}
      {hasNames ? <NameList title={counted(nodes.length, 'node')} names={nodes.map((node) => (budgets.length > 1 ? `${node.nodeName}: ${node.reason}` : node.nodeName))} /> : null}
    </PlanLine>
  )
}

const columns: readonly TableColumn<AtRisk>[] = [
  { id: 'node', header: 'Node', width: 250, canHide: false, sortValue: ({ nodeName }) => nodeName, cell: ({ nodeName }) => <NameCell name={nodeName} /> },
  { id: 'status', header: 'Most often', width: 160, sortValue: ({ outcome }) => outcome, cell: ({ status }) => <NodeStatusBadge status={status} /> },
  { id: 'stays', header: 'Rehearsals', width: 100, align: 'end', sortValue: ({ stays }) => stays, cell: ({ stays }) => stays },
  { id: 'reason', header: 'Why', width: 340, sortValue: ({ reason }) => reason, cell: ({ reason }) => <span className="truncate" title={visibleText(reason)}>{visibleText(reason)}</span> },
]

const rowId = ({ nodeName }: AtRisk) => nodeName

/** Which nodes are likely to be skipped or to fail, why, and in how many of the rehearsals. */
export const AtRiskNodes = ({ rows, runs }: { rows: readonly AtRisk[]; runs: number }) => (
  <ul>
    {rows.length === 0 ? <PlanLine status="moved">Every node moves in {runs === 1 ? 'the one rehearsal so far' : `each of the ${runs} rehearsals`}.</PlanLine> : null}
    {groupAtRisk(rows).map((group) => (
      <GroupLine key={`${group.outcome} ${group.reason}`} group={group} runs={runs} hasNames={rows.length <= fewNodes} />
    ))}
  </ul>
)

/** The same node by node, where they are too many for a list. */
export const AtRiskTable = ({ rows }: { rows: readonly AtRisk[] }) =>
  rows.length <= fewNodes ? null : <DataTable label="Nodes that may stay" columns={columns} rows={rows} rowId={rowId} empty={null} maxHeight="280px" />
