'use client'

import { Name } from '@/components/ui/name'
import { Notice } from '@/components/ui/notice'
import type { VngTemplate } from '@/lib/contract/vngs'
import { counted } from '@/lib/format/plural'
import { coveredBy, type ClusterNode } from './vng-carried'
import type { VngDraft } from './vng-document'
import { effectsTitle, fieldChanges, nodeEffects, runningIn } from './vng-effects'

const shownNodes = 8

/** Names of nodes: the first few, the rest to be unfolded. */
const NodeNames = ({ nodes }: { nodes: readonly ClusterNode[] }) => {
  const item = ({ nodeName }: ClusterNode) => (
    <li key={nodeName} className="min-w-0">
      <Name className="block">{nodeName}</Name>
    </li>
  )
  return (
    <>
      <ul className="mt-1 grid gap-x-4 sm:grid-cols-2">{nodes.slice(0, shownNodes).map(item)}</ul>
      {nodes.length > shownNodes ? (
        <details className="mt-1">
          <summary className="cursor-pointer text-xs">{counted(nodes.length - shownNodes, 'more node')}</summary>
          <ul className="mt-1 grid gap-x-4 sm:grid-cols-2">{nodes.slice(shownNodes).map(item)}</ul>
        </details>
      ) : null}
    </>
  )
}

type OutcomeProps = { draft: VngDraft; template: VngTemplate | null; nodes: readonly ClusterNode[] | undefined }

/** The nodes that a new group would take. */
export const VngCoverage = ({ draft, template, nodes }: OutcomeProps) => {
  if (nodes === undefined) return <p className="text-text-2">Which nodes it would take is not known: the nodes are not read.</p>
  const covered = coveredBy(draft, template, nodes)
  if (covered.length === 0) return <Notice title="No unmanaged node would match.">A group takes the nodes whose labels it carries and whose taints are exactly its own.</Notice>
  return (
    <Notice tone="done" title={`${counted(covered.length, 'unmanaged node')} would match by labels and taints.`}>
      After saving, Slipway reads the match of each node from Spot.
      <NodeNames nodes={covered} />
    </Notice>
  )
}

type ChangesProps = OutcomeProps & { before: VngDraft; vngId: string }

/** What saving does to nodes, in a few words for the place beside the button; null where it does nothing to any. */
export const shortOutcome = ({ before, draft, template, nodes, vngId }: Omit<ChangesProps, 'draft' | 'vngId'> & { draft: VngDraft | null; vngId: string | null }): string | null => {
  if (draft === null || nodes === undefined) return null
  if (vngId === null) {
    const covered = coveredBy(draft, template, nodes).length
    return covered === 0 ? null : `${counted(covered, 'unmanaged node')} would match.`
  }
  const effects = nodeEffects(before, draft, template, runningIn(vngId, nodes))
  return effects.nodes.length === 0 ? null : effectsTitle(effects)
}

/** What an edit changes: the fields, and the nodes that run already. */
export const VngChangeList = ({ before, draft, template, nodes, vngId }: ChangesProps) => {
  const changes = fieldChanges(before, draft, template)
  const effects = nodeEffects(before, draft, template, runningIn(vngId, nodes ?? []))
  if (changes.length === 0) return <p className="text-text-2">Nothing has changed.</p>
  return (
    <div className="flex flex-col gap-3">
      <dl className="flex flex-col gap-1">
        {changes.map(({ name, from, to }) => (
          <div key={name} className="grid gap-x-4 sm:grid-cols-[160px_1fr]">
            <dt className="text-text-2">{name}</dt>
            <dd className="min-w-0 break-words">
              <span className="text-text-3 line-through">{from}</span> <span className="sr-only">becomes</span> {to}
            </dd>
          </div>
        ))}
      </dl>
      {effects.lines.length === 0 ? (
        <p className="text-text-2">This holds for new nodes. Nodes that already run stay as they are.</p>
      ) : nodes === undefined ? (
        <Notice tone="warning" title="Running nodes change at once.">
          Which nodes these are is not known: the nodes are not read.
        </Notice>
      ) : (
        <Notice tone={effects.nodes.length > 0 ? 'warning' : 'info'} title={effectsTitle(effects)}>
          Labels, taints and tags of a group reach nodes that already run.
          <ul className="mt-1">
            {effects.lines.map((line) => (
              <li key={line} className="break-words">
                {line}.
              </li>
            ))}
          </ul>
          <NodeNames nodes={effects.nodes} />
        </Notice>
      )}
    </div>
  )
}
