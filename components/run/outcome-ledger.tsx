import { Card } from '@/components/ui/card'
import { StatusGlyph } from '@/components/ui/status'
import { outcomeLook } from '@/components/domain/outcome-look'
import { nodeLabel, outcomes } from '@/lib/domain/run-rules'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import type { RunNode } from './node-rows'

type LedgerLine = { status: string; count: number; node: RunNode }

const ledgerOf = (nodes: readonly RunNode[]): LedgerLine[] => {
  const lines = new Map<string, LedgerLine>()
  for (const node of nodes) {
    const line = lines.get(node.status)
    if (line) line.count += 1
    else lines.set(node.status, { status: node.status, count: 1, node })
  }
  return [...lines.values()].sort((a, b) => outcomes.indexOf(a.node.outcome) - outcomes.indexOf(b.node.outcome))
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** What became of the nodes of an ended run, each outcome with its reason and next step. */
export const OutcomeLedger = ({ nodes }: { nodes: readonly RunNode[] }) => (
  <Card title="Outcome" className="mt-3">
    {nodes.length === 0 ? <p className="text-text-2">Spot listed no nodes for this run.</p> : null}
    <ul className="flex flex-col gap-1.5">
      {ledgerOf(nodes).map(({ status, count, node }) => (
        <li key={status} className="flex items-baseline gap-2">
          <StatusGlyph name={outcomeLook[node.outcome].status} className="translate-y-0.5" />
          <span className="min-w-0">
            <strong className="font-semibold">{counted(count, 'node')}</strong> {lowerFirst(visibleText(nodeLabel(status)))}
            {node.why ? (
              <span className="text-text-2">
                . {node.why.sentence} {node.why.remedy}
              </span>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  </Card>
)
