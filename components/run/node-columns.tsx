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

const StatusCell = ({ node }: { node: RunNode }) => (
  <>
    <span className="shrink-0">
      <NodeStatusBadge status={node.status} isVanished={node.isVanished} hasNoEnd={node.hasNoEnd} />
    </span>
    {needsPerson(node) && node.why ? (
      <span className="truncate text-text-2" title={`${node.why.sentence} ${node.why.remedy}`}>
        {node.why.sentence}
      </span>
    ) : null}
  </>
)

/** The nodes of a run. */
export const nodeColumns: readonly TableColumn<RunNode>[] = [
  { id: 'node', header: 'Node', width: 280, narrowWidth: 180, canHide: false, sortValue: ({ nodeName }) => nodeName, cell: ({ nodeName }) => <NameCell name={nodeName} /> },
  { id: 'pool', header: 'Pool', width: 100, sortValue: ({ poolName }) => poolName, cell: ({ poolName }) => <Name className="text-text-2">{poolName}</Name> },
  { id: 'batch', header: 'Batch', width: 84, align: 'end', sortValue: ({ batch }) => batch, cell: (node) => (node.batch === null ? <span className="text-text-3">{batchText(node)}</span> : node.batch) },
  { id: 'pods', header: 'Pods left', width: 94, align: 'end', sortValue: ({ podsLeft }) => podsLeft, cell: ({ podsLeft }) => <NumberCell value={podsLeft} /> },
  { id: 'target', header: 'Lands on', width: 140, sortValue: ({ vngName, vngId }) => vngName ?? vngId, cell: (node) => <Target node={node} /> },
  { id: 'took', header: 'Took', width: 108, align: 'end', sortValue: tookMs, cell: (node) => <Took node={node} /> },
  { id: 'status', header: 'Status', width: 320, narrowWidth: 150, sortValue: ({ outcome }) => outcomeRank(outcome), cell: (node) => <StatusCell node={node} /> },
]

/** The pods that stand on the old nodes. */
export const podColumns: readonly TableColumn<RunPod>[] = [
  { id: 'pod', header: 'Pod', width: 320, canHide: false, sortValue: ({ podName }) => podName, cell: ({ podName }) => <NameCell name={podName} /> },
  { id: 'node', header: 'Node', width: 280, sortValue: ({ node }) => node.nodeName, cell: ({ node }) => <Name className="text-text-2">{node.nodeName}</Name> },
  { id: 'pool', header: 'Pool', width: 110, sortValue: ({ node }) => node.poolName, cell: ({ node }) => <Name className="text-text-2">{node.poolName}</Name> },
  { id: 'status', header: 'Node is', width: 200, sortValue: ({ node }) => outcomeRank(node.outcome), cell: ({ node }) => <NodeStatusBadge status={node.status} isVanished={node.isVanished} hasNoEnd={node.hasNoEnd} /> },
]
