import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs'

/** Everything about the page of groups that belongs to its address: links elsewhere open a group or a dialog by it. */
export const vngsParams = {
  /** The group whose details are open. */
  group: parseAsString,
  /** What a new group starts from; with `pool` or `nodes`. */
  create: parseAsStringLiteral(['scratch', 'pool', 'nodes']),
  pool: parseAsString,
  nodes: parseAsArrayOf(parseAsString).withDefault([]),
  /** The group that is being changed; with `nodes`, so that it takes those. */
  edit: parseAsString,
}
