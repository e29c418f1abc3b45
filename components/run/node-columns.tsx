import { NodeStatusBadge } from '@/components/domain/badges'
import type { TableColumn } from '@/components/table/column'
import { NameCell } from '@/components/table/name-cell'
import { NumberCell } from '@/components/table/number-cell'
import { Name } from '@/components/ui/name'
import { visibleText } from '@/lib/format/safe-text'
import { batchText, needsPerson, outcomeRank, tookMs, tookText, type RunNode, type RunPod } from './node-rows'

const Dash = () => <span className="text-text-3">–</span>

const Target = ({ node: { vngId, vngName } }: { node: RunNode }) => {
  if (vngName !== null) return <span className="truncate text-text-2">{visibleText(vngName)}</span>
  return vngId === null ? <Dash /> : <Name className="text-text-2">{vngId}</Name>
}

const Took = ({ node }: { node: RunNode }) => {
  const text = tookText(node)
  return text === '–' ? (
    <Dash />
  ) : (
    <span className="truncate" title={text}>
      {text}
    </span>
  )
}

const Badge = ({ node }: { node: RunNode }) => <NodeStatusBadge status={node.status} isVanished={node.isVanished} hasNoEnd={node.hasNoEnd} />

/** The log names the very budget or pod; the sentence for the status does not. */
const causeOf = ({ said, why }: RunNode): string | null => (said === null ? (why?.sentence ?? null) : visibleText(said))

const StatusCell = ({ node }: { node: RunNode }) => {
  const cause = needsPerson(node) ? causeOf(node) : null
  return (
    <>
      <span className="shrink-0">
        <Badge node={node} />
      </span>
      {cause === null ? null : <span className="truncate text-text-2">{cause}</span>}
    </>
  )
}

/** Cause over remedy, in one row. The drawer has both at full length. */
const CauseCell = ({ node }: { node: RunNode }) => {
  const cause = causeOf(node)
  return cause === null ? (
    <Dash />
  ) : (
    <span className="flex flex-col text-xs leading-4">
      <span className="truncate">{cause}</span>
      {node.why ? <span className="truncate text-text-2">{node.why.remedy}</span> : null}
    </span>
  )
}

const nameColumn: TableColumn<RunNode> = { id: 'node', header: 'Node', width: 280, narrowWidth: 180, canHide: false, sortValue: ({ nodeName }) => nodeName, cell: ({ nodeName }) => <NameCell name={nodeName} /> }
const poolColumn: TableColumn<RunNode> = { id: 'pool', header: 'Pool', width: 100, sortValue: ({ poolName }) => poolName, cell: ({ poolName }) => <Name className="text-text-2">{poolName}</Name> }
const podsColumn: TableColumn<RunNode> = { id: 'pods', header: 'Pods left', width: 94, align: 'end', sortValue: ({ podsLeft }) => podsLeft, cell: ({ podsLeft }) => <NumberCell value={podsLeft} /> }

/** The nodes that need a person, each with what stood in its way and what to do. */
export const attentionColumns: readonly TableColumn<RunNode>[] = [
  nameColumn,
  { ...poolColumn, share: 60 },
  { ...podsColumn, share: 60 },
  { id: 'status', header: 'Status', width: 150, share: 100, sortValue: ({ outcome }) => outcomeRank(outcome), cell: (node) => <Badge node={node} /> },
  { id: 'cause', header: 'Cause and remedy', width: 420, share: 900, narrowWidth: 200, sortValue: causeOf, cell: (node) => <CauseCell node={node} /> },
]

/** The nodes of a run. */
export const nodeColumns: readonly TableColumn<RunNode>[] = [
  nameColumn,
  poolColumn,
  { id: 'batch', header: 'Batch', width: 84, align: 'end', sortValue: ({ batch }) => batch, cell: (node) => (node.batch === null ? <span className="text-text-3">{batchText(node)}</span> : node.batch) },
  podsColumn,
  { id: 'target', header: 'Lands on', width: 140, sortValue: ({ vngName, vngId }) => vngName ?? vngId, cell: (node) => <Target node={node} /> },
  { id: 'took', header: 'Took', width: 140, align: 'end', sortValue: tookMs, cell: (node) => <Took node={node} /> },
  { id: 'status', header: 'Status', width: 320, narrowWidth: 150, sortValue: ({ outcome }) => outcomeRank(outcome), cell: (node) => <StatusCell node={node} /> },
]

/** The pods that stand on the old nodes. */
export const podColumns: readonly TableColumn<RunPod>[] = [
  { id: 'pod', header: 'Pod', width: 320, canHide: false, sortValue: ({ podName }) => podName, cell: ({ podName }) => <NameCell name={podName} /> },
  { id: 'node', header: 'Node', width: 280, sortValue: ({ node }) => node.nodeName, cell: ({ node }) => <Name className="text-text-2">{node.nodeName}</Name> },
  { id: 'pool', header: 'Pool', width: 110, sortValue: ({ node }) => node.poolName, cell: ({ node }) => <Name className="text-text-2">{node.poolName}</Name> },
  { id: 'status', header: 'Node is', width: 200, sortValue: ({ node }) => outcomeRank(node.outcome), cell: ({ node }) => <NodeStatusBadge status={node.status} isVanished={node.isVanished} hasNoEnd={node.hasNoEnd} /> },
]
