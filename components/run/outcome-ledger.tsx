import { Card } from '@/components/ui/card'
import { StatusGlyph } from '@/components/ui/status'
import { outcomeLook } from '@/components/domain/outcome-look'
import { heldRemedy, nodeRemedy, noEndRemedy, vanishedRemedy } from '@/lib/domain/outcome/headline'
import { ledgerOf, type Ledger } from '@/lib/domain/outcome/ledger'
import type { RunState } from '@/lib/domain/progress/state'
import { nodeLabel } from '@/lib/domain/run-rules'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { capacityWords, ledgerLook, podLines, unseenWords, yieldWords } from './ledger-words'

type Line = Ledger['nodes'][number]

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** Nodes in unknown states are told apart by the word that Spot has for each. */
const byStatus = (line: Line): (Line & { word: string })[] => {
  if (line.id !== 'unknown') return [{ ...line, word: ledgerLook[line.id].word }]
  const statuses = [...new Set(line.nodes.map(({ status }) => status))]
  return statuses.map((status) => ({ ...line, nodes: line.nodes.filter((node) => node.status === status), word: lowerFirst(visibleText(nodeLabel(status))) }))
}

const whyOf = ({ id, nodes }: Line) => {
  if (id === 'vanished') return vanishedRemedy(nodes.length)
  if (id === 'noEnd') return noEndRemedy(nodes.length)
  return id === 'heldByPods' ? heldRemedy(nodes.length) : nodeRemedy(nodes[0]?.status ?? '', nodes.length)
}

const NodeLine = ({ line }: { line: Line & { word: string } }) => {
  const why = whyOf(line)
  return (
    <li className="flex items-baseline gap-2">
      <StatusGlyph name={outcomeLook[ledgerLook[line.id].outcome].status} className="translate-y-0.5" />
      <span className="min-w-0">
        <strong className="font-semibold">{counted(line.nodes.length, 'node')}</strong> {line.word}
        {why ? (
          <span className="text-text-2">
            . {why.sentence} {why.remedy}
          </span>
        ) : null}
      </span>
    </li>
  )
}

/** What became of the nodes and pods of an ended run, and what its new capacity is: each figure by itself. */
export const OutcomeLedger = ({ state }: { state: RunState }) => {
  const ledger = ledgerOf(state)
  const spot = ledger.capacity === null ? null : yieldWords(ledger.capacity)
  const unseen = unseenWords(state.landing)
  return (
    <Card title="Outcome" className="mt-3">
      {ledger.nodes.length === 0 ? <p className="text-text-2">Spot listed no nodes for this run.</p> : null}
      <ul className="flex flex-col gap-1.5">
        {ledger.nodes.flatMap(byStatus).map((line) => (
          <NodeLine key={`${line.id} ${line.word}`} line={line} />
        ))}
      </ul>
      <ul aria-label="Pods and new capacity" className="mt-3 flex flex-col gap-1 border-t border-line pt-3 text-text-2">
        {podLines(ledger).map((line) => (
          <li key={line} className="break-words">
            {visibleText(line)}
          </li>
        ))}
        <li>
          New capacity: {capacityWords(ledger.capacity)}
          {spot === null ? null : `, ${spot}`}.
        </li>
        {unseen === null ? null : <li className="break-words">{visibleText(unseen)}</li>}
      </ul>
    </Card>
  )
}
