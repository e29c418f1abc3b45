import { NodeStatusBadge } from '@/components/domain/badges'
import { formatCount } from '@/lib/format/numbers'
import { visibleText } from '@/lib/format/safe-text'
import { batchText, tookText, type RunNode } from '../node-rows'

const header = 'border-b border-line-2 px-2 py-1 text-left font-medium text-text-2'
const cell = 'border-b border-line px-2 py-1'

/** Every node of the run, all rows drawn: paper does not scroll. */
export const ReportNodes = ({ nodes }: { nodes: readonly RunNode[] }) => (
  <>
    <h2 className="mt-5 mb-2 text-sm font-semibold">Nodes, {formatCount(nodes.length)}</h2>
    <div className="overflow-x-auto">
      <table className="w-full text-xs">
        <thead>
          <tr>
            {['Node', 'Pool', 'Batch', 'Pods left', 'Lands on', 'Took', 'Status'].map((title) => (
              <th key={title} scope="col" className={header}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node.nodeName} className="break-inside-avoid">
              <td className={`${cell} font-mono`}>{visibleText(node.nodeName)}</td>
              <td className={`${cell} font-mono`}>{visibleText(node.poolName)}</td>
              <td className={cell}>{batchText(node)}</td>
              <td className={cell}>{node.podsLeft === null ? 'not said' : formatCount(node.podsLeft)}</td>
              <td className={cell}>{visibleText(node.vngName ?? node.vngId ?? '–')}</td>
              <td className={cell}>{tookText(node)}</td>
              <td className={cell}>
                <NodeStatusBadge status={node.status} isVanished={node.isVanished} hasNoEnd={node.hasNoEnd} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </>
)
