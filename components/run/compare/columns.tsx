import { NodeStatusBadge } from '@/components/domain/badges'
import type { TableColumn } from '@/components/table/column'
import { NameCell } from '@/components/table/name-cell'
import { Name } from '@/components/ui/name'
import { outcomeRank, type RunNode } from '../node-rows'
import type { ComparedNode } from './compare-shape'

const Side = ({ node }: { node: RunNode | null }) => (node === null ? <span className="text-text-3">Not in this run</span> : <NodeStatusBadge status={node.status} isVanished={node.isVanished} hasNoEnd={node.hasNoEnd} />)

/** On a narrow screen the end of a name is all there is room for, and pools count their nodes alike. */
const NodeName = ({ node: { nodeName, poolName } }: { node: ComparedNode }) => (
  <span className="flex min-w-0 flex-col leading-4">
    <Name className="text-text-2 sm:hidden">{poolName}</Name>
    <NameCell name={nodeName} />
  </span>
)

const rankOf = (node: RunNode | null): number | null => (node === null ? null : outcomeRank(node.outcome))

/** Nodes of two runs. */
export const comparedColumns: readonly TableColumn<ComparedNode>[] = [
  { id: 'node', header: 'Node', width: 280, narrowWidth: 112, canHide: false, sortValue: ({ nodeName }) => nodeName, cell: (node) => <NodeName node={node} /> },
  { id: 'pool', header: 'Pool', width: 110, sortValue: ({ poolName }) => poolName, cell: ({ poolName }) => <Name className="text-text-2">{poolName}</Name> },
  { id: 'a', header: 'First run', width: 220, narrowWidth: 118, sortValue: ({ a }) => rankOf(a), cell: ({ a }) => <Side node={a} /> },
  { id: 'b', header: 'Second run', width: 220, narrowWidth: 124, sortValue: ({ b }) => rankOf(b), cell: ({ b }) => <Side node={b} /> },
]
