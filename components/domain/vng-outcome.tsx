'use client'

import { Notice } from '@/components/ui/notice'
import type { VngTemplate } from '@/lib/contract/vngs'
import type { BlastRadius } from '@/lib/domain/matching/blast-radius'
import { counted } from '@/lib/format/plural'
import { MatchEffects } from './match-effects'
import { NodeNames } from './node-names'
import { runningTitle } from './radius-words'
import { runningChangeLines } from './running-change'
import type { VngDraft } from './vng-document'
import { fieldChanges, tagLines } from './vng-effects'
import type { ClusterNode } from './vng-radius'

/** `radius` is null where it cannot be told; without `nodes`, which were not read, it names none. */
type Edit = { before: VngDraft; draft: VngDraft; template: VngTemplate | null; nodes: readonly ClusterNode[] | undefined; vngId: string; radius: BlastRadius | null }

/** The nodes that a new group would take. */
export const VngCoverage = ({ nodes, radius }: Pick<Edit, 'nodes' | 'radius'>) => {
  if (radius === null || nodes === undefined) return <p className="text-text-2">Which nodes it would take is not known: the nodes are not read.</p>
  const names = radius.newlyMatched
  if (names.length === 0) return <Notice title="No unmatched node would match.">A group takes the nodes whose labels it carries and whose taints are exactly its own.</Notice>
  return (
    <Notice tone="done" title={`${counted(names.length, 'unmanaged node')} would match by labels and taints.`}>
      After saving, Slipway reads the match of each node from Spot.
      <NodeNames names={names} />
    </Notice>
  )
}

/** Lines of what reaches running nodes, and the names of these nodes. */
const effectsOf = ({ before, draft, nodes, vngId, radius }: Omit<Edit, 'template'>): { lines: string[]; running: string[] } => {
  const lines = [...(radius === null ? [] : runningChangeLines(radius.change)), ...tagLines(before, draft)]
  const running = lines.length === 0 ? [] : (nodes ?? []).filter(({ virtualNodeGroupId }) => virtualNodeGroupId === vngId)
  return { lines, running: running.map(({ nodeName }) => nodeName) }
}

/** What saving does to nodes, in a few words for the place beside the button; null where it does nothing to any. */
export const shortOutcome = (edit: Omit<Edit, 'draft' | 'vngId' | 'template'> & { draft: VngDraft | null; vngId: string | null }): string | null => {
  const { draft, vngId, radius } = edit
  if (draft === null || radius === null) return null
  const covered = radius.newlyMatched.length
  const more = covered === 0 ? null : `${counted(covered, 'unmanaged node')} would match.`
  if (vngId === null) return more
  const { running } = effectsOf({ ...edit, draft, vngId })
  return running.length === 0 ? more : runningTitle(running.length)
}

/** What an edit changes: the fields, the nodes that run already, and the matches of the others. */
export const VngChangeList = (edit: Edit) => {
  const { before, draft, template, nodes, radius } = edit
  const changes = fieldChanges(before, draft, template)
  const { lines, running } = effectsOf(edit)
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
      {lines.length === 0 ? (
        <p className="text-text-2">This holds for new nodes. Nodes that already run stay as they are.</p>
      ) : nodes === undefined ? (
        <Notice tone="warning" title="Running nodes change at once.">
          Which nodes these are is not known: the nodes are not read.
        </Notice>
      ) : (
        <Notice tone={running.length > 0 ? 'warning' : 'info'} title={runningTitle(running.length)}>
          Labels, taints and tags of a group reach nodes that already run.
          <ul className="mt-1">
            {lines.map((line) => (
              <li key={line} className="break-words">
                {line}.
              </li>
            ))}
          </ul>
          <NodeNames names={running} />
        </Notice>
      )}
      {radius === null ? null : <MatchEffects radius={radius} />}
    </div>
  )
}
