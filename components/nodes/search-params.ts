import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs'
import { readinessStates } from '@/lib/domain/readiness/finding'
import { groupings } from './group'

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
  /** The plan whose selection is being changed. */
  draft: parseAsString,
}
