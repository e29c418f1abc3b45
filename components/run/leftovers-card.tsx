import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { Name } from '@/components/ui/name'
import { Fold } from '@/components/ui/paper'
import { Time } from '@/components/ui/time'
import type { Leftover, LeftNode } from '@/lib/domain/outcome/leftovers'
import { leftoversOf } from '@/lib/domain/outcome/leftovers'
import type { RunState } from '@/lib/domain/progress/state'
import { counted } from '@/lib/format/plural'

const nodeWords = ({ isCordoned, pods }: LeftNode): string => {
  if (isCordoned === null || pods === null) return 'pods and cordon not read'
  return `${isCordoned ? 'cordoned' : 'schedulable'}, ${counted(pods, 'pod')}`
}

const shownNodes = 6

const Nodes = ({ nodes }: { nodes: readonly LeftNode[] }) => (
  <ul className="mt-1 flex flex-col gap-0.5">
    {nodes.map((node) => (
      <li key={node.nodeName} className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <Name>{node.nodeName}</Name> <span className="text-text-2">{nodeWords(node)}</span>
      </li>
    ))}
  </ul>
)

const Part = ({ left: { id, sentence, remedy, nodes, commands } }: { left: Leftover }) => (
  <li className="py-2.5" data-leftover={id}>
    <p>
      <strong className="font-semibold">{counted(nodes.length, 'node')}.</strong> {sentence} {remedy}
    </p>
    <Nodes nodes={nodes.slice(0, shownNodes)} />
    {nodes.length > shownNodes ? (
      <Fold className="mt-1" summary={counted(nodes.length - shownNodes, 'more node')}>
        <Nodes nodes={nodes.slice(shownNodes)} />
      </Fold>
    ) : null}
    <ul aria-label="Commands" className="mt-1.5 flex flex-col gap-1">
      {commands.map((command) => (
        <li key={command} className="flex items-start gap-1 rounded bg-sunken px-2 py-1">
          <code className="max-h-24 min-w-0 flex-1 overflow-y-auto print:max-h-none font-mono text-xs break-all">{command}</code>
          <CopyButton text={command} label="Copy the command" />
        </li>
      ))}
    </ul>
  </li>
)

/** What an ended run left behind, each with its next step; nothing where nothing is known to be left. */
export const LeftoversCard = ({ state, terminates }: { state: RunState; terminates: boolean | null }) => {
  const left = leftoversOf(state, terminates)
  if (left.length === 0) return null
  const look = state.landing.looks.findLast(({ isLast, problem }) => isLast && problem === null)
  return (
    <div id="left-behind" className="scroll-mt-20">
    <Card title="Left behind" aside={look === undefined ? 'by the record alone: the cluster was not read at the end' : <>as seen at <Time atMs={look.atMs} show="second" />; look again before you delete</>} className="mt-3">
      <ul className="divide-y divide-line">
        {left.map((one) => (
          <Part key={`${one.id} ${one.sentence}`} left={one} />
        ))}
      </ul>
      <p className="text-text-2">To move what did not move, plan it again under “Migrate the rest”. Slipway runs none of these commands.</p>
    </Card>
    </div>
  )
}
