import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs'
import { readinessStates } from '@/lib/domain/readiness/finding'
import { groupings } from './group'

/** The drawer's tabs. */
export const nodeTabs = ['match', 'pods', 'capacity', 'raw'] as const
export type NodeTab = (typeof nodeTabs)[number]

const texts = parseAsArrayOf(parseAsString).withDefault([])

/** Everything about the nodes page that belongs to its address. */
export const nodesParams = {
  search: parseAsString.withDefault(''),
  readiness: parseAsArrayOf(parseAsStringLiteral(readinessStates)).withDefault([]),
  pools: texts,
  matches: texts,
  findings: texts,
  zones: texts,
  group: parseAsStringLiteral(groupings).withDefault('pool'),
  /** Groups that are open; closed ones keep a large cluster readable. */
  open: texts,
  hidden: parseAsArrayOf(parseAsString).withDefault(['pool']),
  /** The node whose details are open, and which of them. */
  node: parseAsString,
  tab: parseAsStringLiteral(nodeTabs).withDefault('match'),
  /** The plan whose selection is being changed. */
  draft: parseAsString,
}
