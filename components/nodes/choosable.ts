import { chiefFinding } from '@/lib/domain/readiness/chief'
import type { IndexedNode } from './node-index'

/** Nodes that are unable or held go into no plan. */
export const canBeChosen = ({ readiness }: Pick<IndexedNode, 'readiness'>): boolean => readiness !== 'unable' && readiness !== 'held'

/** Why a node cannot be chosen; null when it can. */
export const whyNot = (node: IndexedNode): string | null => {
  if (canBeChosen(node)) return null
  const reason = chiefFinding(node.readiness, node.reasons)
  return reason ? `${reason.sentence} ${reason.remedy}` : 'This node cannot be migrated.'
}

/**
 * What a plan would take of the nodes that are ticked: one may have become unable or held, or have gone, since.
 * `dropped` counts those; `unlisted` counts what passes no filter and is taken all the same.
 * Before the nodes were read nothing is told: the server draws the page without knowing what is ticked.
 */
export const choiceOf = (selected: ReadonlySet<string>, all: readonly IndexedNode[] | undefined, listed: readonly IndexedNode[]) => {
  const ticked = (all ?? []).filter(({ nodeName }) => selected.has(nodeName))
  const chosen = ticked.filter(canBeChosen)
  const shown = new Set(listed)
  return { ticked, chosen, dropped: all === undefined ? 0 : selected.size - chosen.length, unlisted: chosen.filter((node) => !shown.has(node)).length }
}
